import { type Outcome, unavailable, type Value } from '../outcome.ts';
import { type Random, shuffle } from '../random.ts';
import type { Rows } from './mmd.ts';

/** How far the mean of the rows moved. */
export interface EmbeddingShift extends Value {
  /** Chance of a move at least as long when the sides are dealt anew, at least 1/(permutations + 1). */
  readonly p: number;
}

/** The Euclidean move beside what it is without a shift. */
export interface EuclideanShift extends EmbeddingShift {
  /** √(tr S_r / m + tr S_c / n): root mean square of the move without a shift. */
  readonly noiseFloor: number;
  /** The move in units of the reference's spread √tr S_r; null when the reference does not vary. */
  readonly standardised: number | null;
}

/**
 * Euclidean distance between the mean embeddings of both sides, in the rows' unit, ≥ 0, with a p-value from permutations of
 * the sides. Sees moves of the mean alone: MMD and the domain classifier see the rest. Fewer than two rows on a side are
 * `not_enough_data`, a number that is none or an overflow `not_finite`.
 * @throws RangeError when rows differ in length.
 * @example euclideanShift([[0, 0], [2, 0]], [[4, 4], [4, 4]], random(1)).value // 5
 */
export function euclideanShift(
  reference: Rows,
  current: Rows,
  random: Random,
  permutations = 199,
): Outcome<EuclideanShift> {
  const moved = permuted(reference, current, random, permutations, (r, c) => Math.hypot(...c.map((x, j) => x - r[j]!))); // biome-ignore format: one line
  if (!('value' in moved)) return moved;
  const before = totalVariance(reference);
  const noiseFloor = Math.sqrt(before / reference.length + totalVariance(current) / current.length);
  if (!Number.isFinite(noiseFloor)) return unavailable('not_finite');
  return { ...moved, noiseFloor, standardised: before > 0 ? moved.value / Math.sqrt(before) : null };
}

/**
 * Cosine distance 1 − cos between the mean embeddings of both sides, in [0, 2]: 0 = same direction, 1 = at right angles. Reasons
 * as `euclideanShift`; a mean of length 0 has no direction: `undefined_ratio`.
 * @throws RangeError when rows differ in length.
 * @example cosineShift([[1, 0], [1, 0]], [[0, 1], [0, 3]], random(1)).value // 1
 */
export function cosineShift(
  reference: Rows,
  current: Rows,
  random: Random,
  permutations = 199,
): Outcome<EmbeddingShift> {
  return permuted(reference, current, random, permutations, cosineDistance);
}

/** 1 − cos from the gap of the unit vectors, ½‖u − v‖², which keeps the digits of small angles; NaN without a direction. */
function cosineDistance(a: readonly number[], b: readonly number[]): number {
  const [lengthA, lengthB] = [Math.hypot(...a), Math.hypot(...b)];
  return Math.min(2, a.reduce((sum, x, j) => sum + (x / lengthA - b[j]! / lengthB) ** 2, 0) / 2);
}

function permuted(
  reference: Rows,
  current: Rows,
  random: Random,
  permutations: number,
  distance: (r: number[], c: number[]) => number,
): Outcome<EmbeddingShift> {
  const m = reference.length;
  const rows = [...reference, ...current];
  if (m < 2 || current.length < 2) return unavailable('not_enough_data');
  const d = rows[0]!.length;
  if (rows.some((row) => row.length !== d)) throw new RangeError('rows must be of one length');
  const order = Int32Array.from(rows, (_, i) => i);
  const at = (): number =>
    distance(meanOf(rows, order.subarray(0, m), d), meanOf(rows, order.subarray(m), d));
  const value = at();
  if (!Number.isFinite(value)) {
    return unavailable(rows.every((row) => Array.from(row).every(Number.isFinite)) ? 'undefined_ratio' : 'not_finite'); // biome-ignore format: one line
  }
  let asFar = 0;
  for (let run = 0; run < permutations; run++) {
    shuffle(order, random);
    // Sums in another order differ by rounding; that is no smaller move.
    if (!(at() < value * (1 - 1e-12))) asFar++;
  }
  return { value, p: (asFar + 1) / (permutations + 1) };
}

function meanOf(rows: Rows, order: Int32Array, d: number): number[] {
  const mean = new Array<number>(d).fill(0);
  for (const i of order) for (let j = 0; j < d; j++) mean[j]! += rows[i]![j]! / order.length;
  return mean;
}

/** Trace of the covariance: mean squared distance from the mean, unbiased. */
function totalVariance(rows: Rows): number {
  const mean = meanOf(rows, Int32Array.from(rows, (_, i) => i), rows[0]!.length); // biome-ignore format: one line
  const scatter = rows.reduce((sum, row) => sum + mean.reduce((all, x, j) => all + (row[j]! - x) ** 2, 0), 0);
  return scatter / (rows.length - 1);
}
