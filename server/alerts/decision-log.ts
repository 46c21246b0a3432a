import type { Transaction } from 'kysely';
import type { AlertState } from '../../contract/alert.ts';
import type { Ctx } from '../context.ts';
import type { AlertTransitionRow, Ledger } from '../store/ledger/schema.ts';
import type { Peak } from './series.ts';

/** A line of the decision log: an alert changed its state, or, from firing to firing, got worse than was told before. */
export interface Decision {
  /** Place in the log: grows from line to line in the order in which lines become visible. */
  readonly seq: number;
  readonly alert: string;
  readonly model: string;
  readonly monitor: string;
  readonly kind: string;
  readonly metric: string;
  readonly column: string;
  readonly segment: string;
  readonly version: string;
  readonly severity: 'page' | 'ticket';
  readonly from: AlertState | null;
  readonly to: AlertState;
  /** A named reason. Of a correction: `corrected` (it never was, as known now) or why its end moved. */
  readonly reason: string;
  /** Event time of the bucket that decided. */
  readonly time: number;
  /** Wall clock. */
  readonly at: number;
  /**
   * Event time at which the trouble began, also in the line that ends it: with the alert it names the episode. Where
   * nothing fires, when the new state began.
   */
  readonly since: number;
  /** The worst of the episode up to this line; null where nothing fires or fired. */
  readonly peak: Peak | null;
  /** How much event time the alert looked at: what it saw may have begun that long before. */
  readonly reachMs: number;
  /** Not news but a correction of what was told: values that were judged before have changed. */
  readonly correction: boolean;
}

export type NewDecision = Omit<Decision, 'seq'>;

const ROWS = 100;

/**
 * Writes lines at the end of the log. The lock on its head is held until the transaction ends, so lines become visible
 * in order and a reader with a cursor never skips one: call it last in a short transaction.
 */
export async function appendDecisions(
  trx: Transaction<Ledger>,
  decisions: readonly NewDecision[],
): Promise<void> {
  if (decisions.length === 0) return;
  const head = await trx
    .updateTable('decision_head')
    .set((eb) => ({ seq: eb('seq', '+', decisions.length) }))
    .where('id', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow();
  const first = head.seq - decisions.length + 1;
  const rows = decisions.map((decision, i) => rowOf({ ...decision, seq: first + i }));
  for (let i = 0; i < rows.length; i += ROWS)
    await trx
      .insertInto('alert_transitions')
      .values(rows.slice(i, i + ROWS))
      .execute();
}

/** The lines after a place in the log, in order. Example: `readDecisions(ctx, 0, 100)` → the first hundred */
export async function readDecisions(
  ctx: Pick<Ctx, 'ledger'>,
  after: number,
  limit: number,
): Promise<Decision[]> {
  const rows = await ctx.ledger
    .selectFrom('alert_transitions')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(decisionOf);
}

function rowOf({ from, to, reachMs, peak, correction, ...rest }: Decision): AlertTransitionRow {
  return {
    ...rest,
    from_state: from,
    to_state: to,
    reach_ms: reachMs,
    peak: peak === null ? null : JSON.stringify(peak),
    correction: correction ? 1 : 0,
  };
}

function decisionOf(row: AlertTransitionRow): Decision {
  const { from_state, to_state, reach_ms, peak, correction, ...rest } = row;
  return {
    ...rest,
    from: from_state,
    to: to_state,
    reachMs: reach_ms,
    peak: peak === null ? null : (JSON.parse(peak) as Peak),
    correction: correction === 1,
  };
}
