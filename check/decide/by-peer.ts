import { TiltmeterError } from '../../contract/errors.ts';
import { PEERS, verdictAs } from '../../stats/peers/index.ts';
import { judge, type PeerSample } from '../../stats/peers/peer.ts';
import { asCategories, asNumbers } from '../../stats/peers/values.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { nearest } from '../../tables/nearest.ts';
import type { CheckOptions } from '../options.ts';
import type { PlannedColumn } from '../plan.ts';
import { sampleRows } from '../rows.ts';
import type { Table } from '../table/table.ts';
import { type Decided, decisionFor } from './decided.ts';
import { guessedKinds } from './guessed-kinds.ts';

/** Rows of a side that another tool's definitions are computed on. */
const MOST_ROWS = 200_000;

/**
 * The verdicts that another tool would give, column by column, with its own tests, thresholds and choice between them.
 * @throws invalid_option when there is no such tool, or it has no such test.
 */
export async function decidedByPeer(
  engine: Engine,
  tables: readonly [Table, Table],
  columns: readonly PlannedColumn[],
  as: string,
  options: CheckOptions,
): Promise<Map<string, Decided>> {
  const tool = PEERS[as];
  if (!tool) {
    const near = nearest(as, Object.keys(PEERS));
    throw new TiltmeterError(
      'invalid_option',
      `as: there is no tool "${as}"${near ? `; did you mean "${near}"?` : `; known are ${Object.keys(PEERS).join(', ')}`}`,
    );
  }
  const plans = columns.map(({ plan }) => plan);
  const [before, after] = [
    await sampleRows(engine, tables[0], plans, MOST_ROWS, 'file'),
    await sampleRows(engine, tables[1], plans, MOST_ROWS, 'file'),
  ];
  const guessed = tool.guess ? await guessedKinds(engine, tables[1], columns, after, tool.guess) : null;
  const decided = new Map<string, Decided>();
  for (const { name, type } of columns) {
    const own = type === 'numeric' || type === 'text' ? 'numeric' : 'categorical';
    const kind = guessed?.get(name) ?? own;
    const { test, threshold } = decisionFor(options, name, kind === own ? type : kind);
    const taken =
      kind === own ? (sample: PeerSample) => sample : kind === 'numeric' ? asNumbers : asCategories;
    const [reference, current] = [taken(before.columns.get(name)!), taken(after.columns.get(name)!)];
    if (test !== undefined && !tool.tests[test]?.accepts.includes(kind)) {
      const known = Object.entries(tool.tests).filter(([, each]) => each.accepts.includes(kind));
      throw new TiltmeterError(
        'invalid_option',
        `${tool.title} has no test "${test}" for ${kind} columns; it has ${known.map(([id]) => id).join(', ')}`,
      );
    }
    const verdict = verdictAs(tool, kind, reference, current, test);
    const limit = threshold ?? verdict.threshold;
    const value = 'value' in verdict.outcome ? verdict.outcome.value : null;
    decided.set(name, {
      id: `${as} ${verdict.test}`,
      value,
      threshold: limit,
      drifted: value !== null && limit !== null && judge(value, limit, tool.tests[verdict.test]!.direction),
      ...('reason' in verdict.outcome ? { reason: verdict.outcome.reason } : {}),
      test:
        'value' in verdict.outcome ? { value: verdict.outcome.value } : { reason: verdict.outcome.reason },
    });
  }
  return decided;
}
