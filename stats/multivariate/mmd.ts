import type { Outcome, Value } from '../outcome.ts';
import { type Random, shuffle } from '../random.ts';

/** Rows of numbers, all of one length: embeddings, or standardised columns. */
export type Rows = readonly ArrayLike<number>[];

export interface Mmd extends Value {
  readonly p: number;
  /** Kernel width: the median distance between two rows of the pooled sample, above 0. */
  readonly width: number;
}

/**
 * Maximum mean discrepancy (unbiased MMD²) with the Gaussian kernel exp(−d²/(2w²)), w the median distance (of rows that differ, where half of the pairs or more are equal), and its p-value
 * from permutations of the sides, at least 1/(permutations + 1). About 0 without a shift, may be slightly negative, at
 * most 2. Time and memory grow with the square of the rows: draw some thousand at most beforehand.
 * Fewer than two rows on a side are `not_enough_data`, all rows equal `constant`, a number that is none `not_finite`.
 * Source: Gretton, Borgwardt, Rasch, Schölkopf and Smola 2012, A kernel two-sample test.
 * @example mmd(reference, current, random(1)) // { value: 0.03, p: 0.005, width: 1.4 }
 */
export function mmd(reference: Rows, current: Rows, random: Random, permutations = 199): Outcome<Mmd> {
  const m = reference.length;
  const all = m + current.length;
  if (m < 2 || current.length < 2) return { reason: 'not_enough_data' };
  const squares = squaredDistances([...reference, ...current]);
  // One row that is no number among thousands leaves the median alone, and would make the value NaN.
  if (!squares.every(Number.isFinite)) return { reason: 'not_finite' };
  const apart = squares.filter((square) => square > 0);
  if (apart.length === 0) return { reason: 'constant' };
  // Where most rows are equal, of those that are apart.
  const width = Math.sqrt(median(2 * apart.length > squares.length ? squares : apart));
  const kernel = squares.map((square) => Math.exp(-square / (2 * width * width)));
  const order = Int32Array.from({ length: all }, (_, i) => i);
  const value = discrepancy(kernel, order, m);
  let asLarge = 0;
  for (let run = 0; run < permutations; run++) {
    if (discrepancy(kernel, shuffle(order, random), m) >= value) asLarge++;
  }
  return { value, p: (asLarge + 1) / (permutations + 1), width };
}

/** Squared Euclidean distances of all pairs i < j, packed: place j(j − 1)/2 + i. */
function squaredDistances(rows: Rows): Float64Array {
  const squares = new Float64Array((rows.length * (rows.length - 1)) / 2);
  let at = 0;
  for (let j = 1; j < rows.length; j++) {
    const b = rows[j]!;
    for (let i = 0; i < j; i++) {
      const a = rows[i]!;
      let square = 0;
      for (let d = 0; d < b.length; d++) square += (a[d]! - b[d]!) ** 2;
      squares[at++] = square;
    }
  }
  return squares;
}

/** Median; of an even number the lower of the middle two. */
function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  return sorted[(sorted.length - 1) >> 1]!;
}

function discrepancy(kernel: Float64Array, order: Int32Array, m: number): number {
  const all = order.length;
  const n = all - m;
  let first = 0;
  let second = 0;
  let across = 0;
  for (let j = 1; j < all; j++) {
    for (let i = 0; i < j; i++) {
      const a = order[i]!;
      const b = order[j]!;
      const k = a < b ? kernel[(b * (b - 1)) / 2 + a]! : kernel[(a * (a - 1)) / 2 + b]!;
      if (j < m) first += k;
      else if (i >= m) second += k;
      else across += k;
    }
  }
  return (2 * first) / (m * (m - 1)) + (2 * second) / (n * (n - 1)) - (2 * across) / (m * n);
}
