import type { Source } from '../../contract/lineage.ts';
import type { Decision } from '../alerts/decision-log.ts';
import { type NamedOf, namedOf, upstreamOf } from '../models/lineage.ts';
import { kindOf } from '../monitors/kinds/index.ts';

/** What alerts may share, as one text each; the first is that of its own model, whose alerts need nothing else in common. */
export type TiesOf = (alert: Pick<Decision, 'model' | 'kind' | 'column' | 'segment'>) => readonly string[];

/** What a service runs on, rather than where its data come from. */
const RUNS_ON: ReadonlySet<Source['kind']> = new Set(['machine', 'deployment']);

/**
 * What an alert may share with alerts of other models: what its column comes from, or, of an alert that is of no input, all that its model depends
 * on; the answers of its model and of those upstream of it, the nearest first; its segment. Pure.
 * Example: a column `income` of `limits`, which names credit-risk → `['limits', 'source/bureau', 'output/limits', 'output/credit-risk']`
 */
export function tiesBy(named: NamedOf): TiesOf {
  const above = new Map<string, readonly string[]>();
  const upstream = (model: string) => {
    const known = above.get(model) ?? upstreamOf(named, model);
    above.set(model, known);
    return known;
  };
  return ({ model, kind, column, segment }) => {
    // How things stand, compared with no time before, tells not what broke: it is told by itself.
    if (kindOf(kind)?.standing) return [`${model} ${kind}`];
    const input = column !== '' && !column.startsWith('_');
    const service = kindOf(kind)?.harm === 'service';
    const sources = namedOf(named, model).sources.filter(({ kind: of, columns }) =>
      input
        ? !RUNS_ON.has(of) && (columns?.includes(column) ?? true)
        : service || !RUNS_ON.has(of) || kindOf(kind)?.harm === 'quality',
    );
    return [
      model,
      ...sources.map(({ name }) => `source/${name}`),
      ...[model, ...upstream(model)].map((each) => `output/${each}`),
      ...(segment === '' ? [] : [`segment/${segment}`]),
    ];
  };
}
