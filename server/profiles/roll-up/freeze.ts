import { type Grid, gridOf } from '../../../stats/asinh-grid.ts';
import { freezeGrids } from '../../models/columns/grids.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import { groupsOf } from '../buckets.ts';
import { SAMPLE, valueCounts, valueSample } from './queries/grid-sample.ts';
import { type Run, readColumnsAgain } from './run.ts';

/** A sample this large settles a grid at once. */
const ENOUGH = 200;
/** Values come slowly, or hardly: fewer settle it after so long. */
const SLOWLY = { values: 20, ms: 60_000 };
const HARDLY = { values: 1, ms: 600_000 };

/** Numbers in a sample statement. */
const NUMBERS = 100;

/**
 * Whether a column's grid may be frozen: at 200 values, or when values keep coming slowly (20 in a minute) or hardly
 * (any, after ten minutes). A grid from few values is coarser or finer than it could be, never wrong.
 */
export function mayFreeze(
  { n, since }: { readonly n: number; readonly since: number },
  now: number,
): boolean {
  const waited = [SLOWLY, HARDLY].some(({ values, ms }) => n >= values && now - since >= ms);
  return n >= ENOUGH || waited;
}

/** When it may be, if no more values come. */
export function freezesAt(since: number, now: number): number {
  return now - since < SLOWLY.ms ? since + SLOWLY.ms : since + HARDLY.ms;
}

/** Numbers that may get a grid, by name, and the rows that have them. */
export interface Numbers {
  readonly expressions: ReadonlyMap<string, string>;
  /** A subquery that has what the expressions name; `thinned`: only about one row in `{every}`. */
  readonly rows: (
    expressions: readonly string[],
    thinned: boolean,
  ) => { sql: string; names: readonly string[] };
  readonly params: Record<string, LakeParam>;
}

/** How many values there are of each. */
export async function countValues(run: Run, numbers: Numbers): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const some of groupsOf([...numbers.expressions], NUMBERS)) {
    const { sql, names } = numbers.rows(
      some.map(([, expression]) => expression),
      false,
    );
    const rows = await run.ctx.lake.query<{ name: string; n: number }>(
      valueCounts(sql, names),
      { ...numbers.params, names: some.map(([name]) => name) },
      { background: true },
    );
    for (const { name, n } of rows) counts.set(name, n);
  }
  return counts;
}

/** Freezes grids from a sample of the rows; `n`: values of the rarest. Answers with those of which the rows have none. */
export async function freeze(run: Run, numbers: Numbers, n: number): Promise<string[]> {
  if (numbers.expressions.size === 0) return [];
  const every = Math.max(1, Math.floor(n / (5 * SAMPLE)));
  const grids = new Map<string, Grid>();
  for (const some of groupsOf([...numbers.expressions], NUMBERS)) {
    const { sql, names } = numbers.rows(
      some.map(([, expression]) => expression),
      true,
    );
    const samples = await run.ctx.lake.query<{ name: string; sample: number[] }>(
      valueSample(sql, names),
      { ...numbers.params, names: some.map(([name]) => name), every },
      { background: true },
    );
    for (const { name, sample } of samples) if (sample.length > 0) grids.set(name, gridOf(sample));
  }
  await freezeGrids(run.ctx, run.model.id, grids);
  await readColumnsAgain(run);
  return [...numbers.expressions.keys()].filter((name) => !grids.has(name));
}
