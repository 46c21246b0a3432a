import { numericValue } from '../../models/columns/probabilities.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import { countValues, freeze, freezesAt, mayFreeze, type Numbers } from './freeze.ts';
import type { ArrivedRow } from './queries/arrived.ts';
import { sampled } from './queries/grid-sample.ts';
import { predictionRows, valueName } from './queries/sources.ts';
import { ARRIVED, IN_BUCKETS } from './queries/table.ts';
import type { Run } from './run.ts';

/** Stamps from `since` on, before `until`. */
export interface Stretch {
  readonly since: number;
  readonly until: number;
}

/** Columns of which is not known yet when they begin, or on which grid they lie: of these a page of arrivals tells more. */
export function unsettled(run: Run): ProfiledColumn[] {
  return run.columns.filter(
    ({ name, type, grid }) => !run.firstSeen.has(name) || (type === 'numeric' && grid === null),
  );
}

/**
 * Columns that have values which are on no grid: those that may get one get it, and those that have got one meanwhile are
 * done again. Only what came since their first value is looked at. Answers with the stamp from which on buckets are to be
 * done again for that; null when none are.
 */
export async function settleOpened(run: Run): Promise<number | null> {
  const numeric = run.columns.filter(({ type }) => type === 'numeric');
  const opened = numeric.flatMap(({ name, grid }) => {
    const since = run.known.get(name)?.opened ?? null;
    return since === null ? [] : [{ name, grid, since }];
  });
  const open = opened.filter(({ grid }) => grid === null);
  if (open.length > 0) {
    const since = Math.min(...open.map((column) => column.since));
    const numbers = (names: readonly string[]) => arrivedNumbers(run, names, { since, until: run.to });
    const counts = await countValues(run, numbers(open.map(({ name }) => name)));
    const ready = open.filter((column) =>
      mayFreeze({ n: counts.get(column.name) ?? 0, since: column.since }, run.now),
    );
    const least = Math.min(...ready.map(({ name }) => counts.get(name) ?? 0));
    if (ready.length > 0) await freeze(run, numbers(ready.map(({ name }) => name)), least);
    for (const { since: from } of open.filter((column) => !ready.includes(column)))
      run.done.next.push(freezesAt(from, run.now));
  }
  const frozen = opened.filter(({ name }) => run.grids.has(name));
  for (const { name } of frozen) run.opened.set(name, null);
  // The scores kept apart by label lie on one of these grids.
  if (frozen.some(({ name }) => name === '_score' || name === '_prediction')) run.done.scoresAgain = true;
  return frozen.length === 0 ? null : Math.min(...frozen.map(({ since }) => since));
}

/** What a page of arrivals says of unsettled columns: when they begin, and grids for those that have enough values. */
export async function settleArrived(
  run: Run,
  asked: readonly ProfiledColumn[],
  page: ArrivedRow,
  stretch: Stretch,
): Promise<void> {
  const came = asked.flatMap((column, k) => {
    const n = page.values[k] ?? 0;
    return n > 0 ? [{ ...column, n, first: page.firsts[k]! }] : [];
  });
  for (const { name, first } of came)
    run.firstSeen.set(name, Math.min(first, run.firstSeen.get(name) ?? first));
  const open = came.filter(
    ({ name, type, grid }) =>
      type === 'numeric' && grid === null && (run.known.get(name)?.opened ?? null) === null,
  );
  const ready = open.filter(({ n }) => mayFreeze({ n, since: page.oldest }, run.now));
  if (ready.length > 0) {
    const names = ready.map(({ name }) => name);
    const least = Math.min(...ready.map(({ n }) => n));
    const { buckets, share } = sampledBuckets(page);
    const numbers = (some: readonly string[], of: readonly number[]) =>
      arrivedNumbers(run, some, stretch, of);
    const left = await freeze(run, numbers(names, buckets), least * share);
    if (left.length > 0 && share < 1) await freeze(run, numbers(left, page.buckets), least);
  }
  for (const { name } of open.filter((column) => !ready.includes(column))) {
    if (run.opened.has(name)) continue;
    run.opened.set(name, page.oldest);
    run.done.next.push(freezesAt(page.oldest, run.now));
  }
}

/** Rows among which a sample is looked for. */
const SAMPLED_ROWS = 1_000_000;

/** Of very many rows those of a bucket here and there say enough; and their share of all rows. */
function sampledBuckets({ buckets, ns }: Pick<ArrivedRow, 'buckets' | 'ns'>): {
  buckets: readonly number[];
  share: number;
} {
  const rows = ns.reduce((sum, n) => sum + n, 0);
  const every = Math.ceil(rows / SAMPLED_ROWS);
  if (every <= 1) return { buckets, share: 1 };
  const chosen = buckets.flatMap((bucket, i) => (i % every === 0 ? [{ bucket, n: ns[i]! }] : []));
  const n = chosen.reduce((sum, each) => sum + each.n, 0);
  return { buckets: chosen.map(({ bucket }) => bucket), share: n / rows };
}

function arrivedNumbers(
  run: Run,
  names: readonly string[],
  stretch: Stretch,
  buckets?: readonly number[],
): Numbers {
  const { bucket_ms } = run.model;
  const where = buckets === undefined ? ARRIVED : `${ARRIVED} AND ${IN_BUCKETS}`;
  return {
    expressions: new Map(names.map((name) => [name, numericValue(name)])),
    rows: (expressions, thinned) => ({
      sql: predictionRows(run.table, expressions, {
        where: thinned ? `${where} AND ${sampled('_time')}` : where,
      }),
      names: expressions.map((_, k) => valueName(k)),
    }),
    params: {
      bucket_ms,
      ...stretch,
      ...(buckets && { buckets: [...buckets], from: buckets[0]!, to: buckets.at(-1)! + bucket_ms }),
    },
  };
}
