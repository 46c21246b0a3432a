import { storedAnswer } from '../../models/columns/profiled-columns.ts';
import { countValues, freeze, freezesAt, mayFreeze, type Numbers } from '../roll-up/freeze.ts';
import { sampled } from '../roll-up/queries/grid-sample.ts';
import type { Run } from '../roll-up/run.ts';
import { labelMode, labelNumbers } from './mode.ts';
import { LOCATED_ROWS, locatedRows } from './queries.ts';

/** Profiles of labels that have a grid of their own. */
const GRIDS = ['_label', '_residual'];

/**
 * Freezes the grids of labels that are numbers, once there are enough of them. Answers with the revision from which on
 * what was located is to be counted again, since it lies on no grid; null when there is none.
 */
export async function settleLabelGrids(run: Run): Promise<number | null> {
  const prediction = storedAnswer(run.columns);
  if (labelMode(run.model.task, prediction) !== 'numeric') return null;
  const wanted = [...labelNumbers(prediction === 'numeric')].filter(([name]) => GRIDS.includes(name));
  const openedAt = (name: string) => run.known.get(name)?.opened ?? null;
  const open = wanted.filter(
    ([name]) => !run.grids.has(name) && (run.done.beside.labels.located || openedAt(name) !== null),
  );
  if (open.length > 0) {
    const since = Math.min(...open.map(([name]) => openedAt(name) ?? run.revision));
    const counts = await countValues(run, locatedNumbers(run, open, since));
    const count = (name: string) => counts.get(name) ?? 0;
    const may = ([name]: readonly [string, string]) =>
      mayFreeze({ n: count(name), since: openedAt(name) ?? run.revision }, run.now);
    const ready = open.filter(may);
    const least = Math.min(...ready.map(([name]) => count(name)));
    if (ready.length > 0) await freeze(run, locatedNumbers(run, ready, since), least);
    for (const [name] of open) {
      if (run.grids.has(name) || count(name) === 0) continue;
      const opened = openedAt(name) ?? run.revision;
      run.opened.set(name, opened);
      run.done.next.push(freezesAt(opened, run.now));
    }
  }
  const frozen = wanted.flatMap(([name]) => (run.grids.has(name) ? (openedAt(name) ?? []) : []));
  for (const [name] of wanted) if (run.grids.has(name) && openedAt(name) !== null) run.opened.set(name, null);
  return frozen.length === 0 ? null : Math.min(...frozen);
}

function locatedNumbers(
  { model }: Run,
  some: readonly (readonly [string, string])[],
  since: number,
): Numbers {
  return {
    expressions: new Map(some),
    rows: (expressions, thinned) => ({
      sql: locatedRows(thinned ? `${LOCATED_ROWS} AND ${sampled('time')}` : LOCATED_ROWS),
      names: expressions,
    }),
    params: { model: model.id, located_since: since },
  };
}
