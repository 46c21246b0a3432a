import { normalQuantile } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { copiedRows } from './copied-rows.ts';

/** Rows of two tables as texts that are equal when the rows are. */
export interface RowKeys {
  readonly reference: Iterable<string>;
  readonly current: Iterable<string>;
}

/** How many rows repeat. `value`, `low`, `high`: how much the share rose, current − reference, both as if of as many rows as the smaller side. */
export interface RepeatedRows extends Estimate {
  /** Share of rows that repeat another of their own side, at the size of the smaller one. */
  readonly reference: number;
  readonly current: number;
  /** One-sided probability of a rise this large when nothing changed. */
  readonly z: number;
  /** Share of current rows that are in the reference too, and how many of its own rows the reference has more than once. */
  readonly shared: { readonly current: number; readonly reference: number };
  /** The share of current rows that are copies, beyond the reference's, with the same confidence. */
  readonly copied: Estimate;
}

/**
 * The share of rows that repeat an earlier one, [0, 1), of either side, and how much it rose. The larger side is thought
 * thinned to the size of the smaller, because more rows repeat more. The interval (95 %, one-sided bounds by `confidence`) has the
 * variance of dealing all rows that there are to the two sides anew: of N equal rows the difference of the repeats has
 * N − 2¹⁻ᴺ(2N − 1), given how many rows each side has. Without rows `not_enough_data`.
 * Source: docs/stats/repeated_rows.md; rarefaction as in Hurlbert 1971.
 * @example repeatedRows({ reference: ['a', 'b'], current: ['c', 'c'] }) // { value: 0.5, reference: 0, current: 0.5, … }
 */
export function repeatedRows({ reference, current }: RowKeys, confidence = 0.975): Outcome<RepeatedRows> {
  const counts = new Map<string, [number, number]>();
  const sizes = [tally(counts, reference, 0), tally(counts, current, 1)] as const;
  const size = Math.min(...sizes);
  if (size === 0) return { reason: 'not_enough_data' };
  const kept = [size / sizes[0], size / sizes[1]] as const;
  const repeats = [0, 0];
  const sums = { variance: 0, covariance: 0, rows: 0, shared: 0, again: 0 };
  for (const pair of counts.values()) {
    for (const side of [0, 1] as const) repeats[side]! += repeatsOf(pair[side], kept[side]);
    addDealt(sums, pair, kept);
    if (pair[0] > 0) sums.shared += pair[1];
    if (pair[0] > 1) sums.again += pair[0];
  }
  const variance = Math.max(0, sums.variance - sums.covariance ** 2 / sums.rows);
  const value = (repeats[1]! - repeats[0]!) / size;
  // Half a row, as a count can be no nearer to another.
  const deviation = Math.sqrt(variance + 0.25) / size;
  const reach = normalQuantile(confidence) * deviation;
  return {
    value,
    low: value - reach,
    high: value + reach,
    reference: repeats[0]! / size,
    current: repeats[1]! / size,
    z: value / deviation,
    shared: { current: sums.shared / sizes[1], reference: sums.again / sizes[0] },
    copied: copiedRows(counts.values(), confidence),
  };
}

function tally(counts: Map<string, [number, number]>, keys: Iterable<string>, side: 0 | 1): number {
  let n = 0;
  for (const key of keys) {
    n++;
    const pair = counts.get(key);
    if (pair) pair[side]++;
    else counts.set(key, side === 0 ? [1, 0] : [0, 1]);
  }
  return n;
}

/** Expected repeats among `count` equal rows of which each is kept with the chance `kept`. */
function repeatsOf(count: number, kept: number): number {
  if (count === 0) return 0;
  return count * kept - 1 + (1 - kept) ** count;
}

/** Adds what equal rows of both sides have to do with the difference of repeats, each row on either side by a coin. */
function addDealt(
  sums: { variance: number; covariance: number; rows: number },
  pair: readonly [number, number],
  kept: readonly [number, number],
): void {
  // E[N], E[2⁻ᴺ], E[N 2⁻ᴺ] of the rows that are kept: a product of the two sides' binomials.
  const halves = ([0, 1] as const).map((side) => (1 - kept[side] / 2) ** pair[side]);
  const none = halves[0]! * halves[1]!;
  const halved = (side: 0 | 1) => (pair[side] * (kept[side] / 2)) / (1 - kept[side] / 2);
  const few = none * (halved(0) + halved(1));
  const rows = pair[0] * kept[0] + pair[1] * kept[1];
  // No row kept adds nothing: E[2⁻ᴺ] without it.
  const nothing = (1 - kept[0]) ** pair[0] * (1 - kept[1]) ** pair[1];
  sums.variance += rows - 2 * (2 * few - (none - nothing));
  sums.covariance += rows - 2 * few;
  sums.rows += rows;
}
