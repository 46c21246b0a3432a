import { CELLS, type Grid } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';
import { featureOf } from '../../models/columns/attributions.ts';
import { keptAnswer } from '../../store/lake/kept-answers.ts';
import { currentRows, FINAL_SETTINGS, originOf } from './queries/profiles.ts';

/** Sums of the attributions of one feature, in one step of time and of one version. */
export interface AttributionSums {
  readonly feature: string;
  /** Start of the step, epoch milliseconds. */
  readonly time: number;
  readonly version: string;
  readonly n: number;
  readonly sum: number;
  /** Of the absolute values: off by at most half a cell for each value on the side that weighs less, exact where all have one sign. */
  readonly size: number;
}

export interface AttributionRange {
  readonly model: string;
  /** The profiles of attributions and their grids, which lie about 0. */
  readonly grids: ReadonlyMap<string, Grid>;
  readonly from: number;
  readonly to: number;
  /** Length of a step, milliseconds. */
  readonly step: number;
}

/**
 * Attributions that came with predictions of a range, summed by feature, step and version. One statement over profiles, which
 * adds up within the engine, however many predictions there were. Empty where none came.
 * Example: `await readAttributionSums(ctx, { model: 'm', grids: new Map([['_attribution|age', grid]]), from, to, step: HOUR })`
 */
export async function readAttributionSums(
  ctx: Pick<Ctx, 'lake'>,
  { model, grids, from, to, step }: AttributionRange,
): Promise<AttributionSums[]> {
  const columns = [...grids.keys()];
  if (columns.length === 0) return [];
  const range = { model, columns, from, to };
  const { sql, params } = currentRows(
    range,
    'column, time, version, n - missing - invalid AS present, sum AS signed, grid',
  );
  // The sizes are the sum without its sign and twice those of the other side, of which only the cells are known.
  const middle = `sinh((cell + 0.5) / ${CELLS})`;
  const other = `arraySum((cell, count) -> if((cell < 0) = (signed > 0), count * abs(${middle}), 0), mapKeys(grid), mapValues(grid))`;
  const rows = await keptAnswer(ctx.lake, originOf(range), ['attributions', step, [...grids]], () =>
    ctx.lake.query<Omit<AttributionSums, 'feature'> & { readonly column: string }>(
      `SELECT column, start AS time, version, sum(present) AS n, sum(signed) AS sum,
  sum(abs(signed) + 2 * scale * ${other}) AS size
FROM (
  SELECT *, intDiv(toUnixTimestamp64Milli(time), {step:Int64}) * {step:Int64} AS start,
    {scales:Array(Float64)}[indexOf({columns:Array(String)}, column)] AS scale
  FROM (${sql})
)
WHERE present > 0
GROUP BY column, start, version
ORDER BY column, start, version
${FINAL_SETTINGS}`,
      { ...params, step, scales: [...grids.values()].map(({ scale }) => scale) },
    ),
  );
  return rows.map(({ column, ...row }) => ({ feature: featureOf(column), ...row }));
}
