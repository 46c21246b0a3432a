import { type Grid, type GridCounts, gridEdge } from './asinh-grid.ts';
import { sortedCells } from './grid-summary.ts';

/** A sample as ascending distinct values with how often each occurs; n is the number of observations. */
export interface Sample {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly n: number;
}

/**
 * A sample from raw numbers; NaN and ±∞ are left out, −0 is 0.
 * @example sampleOf([2, 1, 2]) // values [1, 2], counts [1, 2], n 3
 */
export function sampleOf(numbers: Iterable<number>): Sample {
  return sampleOfSorted(Float64Array.from([...numbers].filter(Number.isFinite)).sort());
}

/**
 * A sample from finite numbers that ascend already.
 * @example sampleOfSorted(Float64Array.of(1, 2, 2)) // values [1, 2], counts [1, 2], n 3
 */
export function sampleOfSorted(sorted: Float64Array): Sample {
  const n = sorted.length;
  let distinct = Math.min(1, n);
  let zeros = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && sorted[i] !== sorted[i - 1]) distinct++;
    if (sorted[i] === 0) zeros++;
  }
  // Nothing to count, and no −0: the numbers are the sample.
  if (distinct === n && zeros === 0) return { values: sorted, counts: ones(n), n };
  const values = new Float64Array(distinct);
  const counts = new Float64Array(distinct);
  for (let i = 0, at = -1; i < n; i++) {
    const x = sorted[i]!;
    if (at < 0 || values[at] !== x) values[++at] = x + 0;
    counts[at]! += 1;
  }
  return { values, counts, n };
}

/** Counts of values that all occur once, shared by their samples. */
let once = new Float64Array(0);

function ones(n: number): Float64Array {
  if (once.length < n) once = new Float64Array(n).fill(1);
  return once.subarray(0, n);
}

/** A sample from a grid map: every value at the middle of its cell. What lies in one cell is a tie. */
export function sampleOfGrid(counts: GridCounts, grid: Grid): Sample {
  const cells = sortedCells(counts);
  return {
    values: Float64Array.from(cells, ([i]) => gridEdge(i, grid) / 2 + gridEdge(i + 1, grid) / 2),
    counts: Float64Array.from(cells, ([, count]) => count),
    n: cells.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** Two samples merged: ascending distinct values, and how many of each side lie on each. */
export interface MergedSamples {
  readonly values: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** The last merge: several tests ask for the same pair one after another. */
let last: { readonly reference: Sample; readonly current: Sample; readonly merged: MergedSamples } | null =
  null;
/** What merges are written into: values and counts of both sides. New memory for each pair would be most of what a check holds. */
let paper = [0, 1, 2].map(() => new Float64Array(0));

/**
 * Both samples merged. It stands until another pair is merged.
 * @example mergedSamples(sampleOf([1, 2]), sampleOf([2])) // values [1, 2], reference [1, 1], current [0, 1]
 */
export function mergedSamples(reference: Sample, current: Sample): MergedSamples {
  if (last?.reference !== reference || last.current !== current)
    last = { reference, current, merged: merge(reference, current) };
  return last.merged;
}

/** Plain arrays of numbers: an object for each value would take longer to make than all tests to read. */
function merge(reference: Sample, current: Sample): MergedSamples {
  const most = reference.values.length + current.values.length;
  if (paper[0]!.length < most) paper = paper.map(() => new Float64Array(most));
  const [values, left, right] = paper as [Float64Array, Float64Array, Float64Array];
  const { values: before, counts: x } = reference;
  const { values: after, counts: y } = current;
  let length = 0;
  let i = 0;
  let j = 0;
  for (; i < before.length && j < after.length; length++) {
    const a = before[i]!;
    const b = after[j]!;
    values[length] = Math.min(a, b);
    left[length] = a <= b ? x[i++]! : 0;
    right[length] = b <= a ? y[j++]! : 0;
  }
  for (; i < before.length; length++) {
    values[length] = before[i]!;
    left[length] = x[i++]!;
    right[length] = 0;
  }
  for (; j < after.length; length++) {
    values[length] = after[j]!;
    left[length] = 0;
    right[length] = y[j++]!;
  }
  const filled = (all: Float64Array) => all.subarray(0, length);
  return { values: filled(values), reference: filled(left), current: filled(right) };
}

/** Mean, in the sample's unit, and variance, in its square. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Mean and unbiased variance (0 for one observation), in two passes, the second of which takes the rounding of the first out
 * of both: a million values of a spread of 1 around 1e9 keep ten digits of their variance.
 */
export function moments({ values, counts, n }: Sample): Moments {
  if (values.length === 1) return { mean: values[0]!, variance: 0 };
  let first = 0;
  for (let i = 0; i < values.length; i++) first += (counts[i]! / n) * values[i]!;
  let rest = 0;
  let scatter = 0;
  for (let i = 0; i < values.length; i++) {
    const gap = values[i]! - first;
    rest += counts[i]! * gap;
    scatter += counts[i]! * gap * gap;
  }
  const variance = n > 1 ? Math.max(0, scatter - (rest / n) * rest) / (n - 1) : 0;
  return { mean: first + rest / n, variance };
}

/**
 * Both samples in a common unit in which no square of a value overflows or vanishes, for what does not depend on the unit.
 * Samples of ordinary size come back as they are; else all values are multiplied by `unit`, a power of two, which is exact.
 */
export function commonUnit(
  reference: Sample,
  current: Sample,
): readonly [reference: Sample, current: Sample, unit: number] {
  // Values ascend: the ends are the greatest.
  const most = [reference, current].reduce(
    (top, { values }) => Math.max(top, Math.abs(values[0] ?? 0), Math.abs(values.at(-1) ?? 0)),
    0,
  );
  if (most === 0 || (most > 1e-100 && most < 1e100)) return [reference, current, 1];
  const unit = most > 1 ? 2 ** -600 : 2 ** 600;
  const inUnit = (sample: Sample): Sample => ({ ...sample, values: sample.values.map((x) => x * unit) });
  return [inUnit(reference), inUnit(current), unit];
}
