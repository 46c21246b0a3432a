/** Centre and scale (> 0) of a column's grid, both in the column's unit. Frozen per column. */
export interface Grid {
  readonly center: number;
  readonly scale: number;
}

/** Cell index → count. Counts of one column always merge by adding. */
export type GridCounts = ReadonlyMap<number, number>;

/** Cells per unit of asinh: a cell near the centre is scale / 64 wide, one in the tails 1/64 of its distance. */
export const CELLS = 64;
const INT32_MAX = 2147483647;

/**
 * The cell of x: floor(64 · asinh((x − center) / scale)), clamped to Int32 (±∞ and overflow land on the ends).
 * Monotone in x. The lake computes the same formula in SQL.
 * @throws RangeError when x is NaN: that is an invalid value, not a place on the grid.
 * @example gridIndex(0, { center: 0, scale: 1 }) // 0
 */
export function gridIndex(x: number, grid: Grid): number {
  if (Number.isNaN(x)) throw new RangeError('NaN has no place on the grid');
  const index = Math.floor(CELLS * Math.asinh((x - grid.center) / grid.scale));
  return Math.max(-INT32_MAX - 1, Math.min(INT32_MAX, index));
}

/**
 * Lower edge of cell i in the column's unit, center + scale · sinh(i / 64); always finite.
 * @example gridEdge(0, { center: 5, scale: 2 }) // 5
 */
export function gridEdge(i: number, grid: Grid): number {
  const edge = grid.center + grid.scale * Math.sinh(i / CELLS);
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, edge));
}

/**
 * A robust grid for a sample: center = median, scale = IQR / 1.349 (the standard deviation of normal data).
 * When the IQR is 0: the standard deviation; when the sample is constant: |center|, or 1 at zero.
 * NaN and ±∞ are ignored; an empty sample gives { center: 0, scale: 1 }.
 * @example gridOf([1, 2, 3, 4, 5]) // { center: 3, scale: 1.4825796886582654 }
 */
export function gridOf(values: Iterable<number>): Grid {
  const sorted = Float64Array.from([...values].filter(Number.isFinite)).sort();
  if (sorted.length === 0) return { center: 0, scale: 1 };
  const center = sampleQuantile(sorted, 0.5);
  const candidates = [
    (sampleQuantile(sorted, 0.75) - sampleQuantile(sorted, 0.25)) / 1.349,
    standardDeviation(sorted),
    Math.abs(center),
  ];
  return { center, scale: candidates.find((scale) => scale > 0 && Number.isFinite(scale)) ?? 1 };
}

/**
 * Quantile p in [0, 1] of an ascending sample, linear between order statistics (R-7, numpy's default).
 * @throws RangeError on an empty sample.
 */
export function sampleQuantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('a quantile needs a value');
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low === high ? low : low * (1 - (place - below)) + high * (place - below);
}

function standardDeviation(values: Float64Array): number {
  const shift = values[0]!;
  let mean = 0;
  for (const x of values) mean += (x - shift) / values.length;
  let variance = 0;
  for (const x of values) variance += (x - shift - mean) ** 2 / values.length;
  return Math.sqrt(variance);
}
