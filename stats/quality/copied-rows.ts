import { normalQuantile } from '../distributions/normal.ts';
import type { Estimate } from '../outcome.ts';

/** How many rows of one kind, all equal, each side has. */
export type SameRows = readonly [reference: number, current: number];

/**
 * The share of current rows that are copies of others there, beyond the same share of the reference's, −1 to 1, from how many rows
 * are equal. Where many are, by what their columns are, one more says nothing; so groups of equal rows are weighted by how much more
 * often a copy makes one of N out of one of N − 1 than there are (the score of copies): the estimate sees copies of rare rows among
 * common ones. Both sides' copies are estimated together, given how many rows each has. The bounds (one-sided, by `confidence`) have
 * the variance of dealing all rows to the two sides anew, or that of the groups as they are where it is larger: copies come in
 * groups on either side; they are half a pair wider. No more rows are copies than repeat. Where no rows are equal, or all are, 0, 0 to 0.
 * Source: docs/stats/copied_rows.md; Rao 1948 (score test).
 * @example copiedRows([...singles, [0, 2]]) // { value: 0.01, low: −0.01, high: 0.03 }
 */
export function copiedRows(groups: Iterable<SameRows>, confidence = 0.975): Estimate {
  const all = [...groups];
  const [m, n] = all.reduce(([a, b], [before, after]) => [a + before, b + after], [0, 0]);
  const [p, q] = [n / (m + n), m / (m + n)];
  const weights = weightsOf(all);
  const { byCurrent, byReference, perRow, variance } = dealtAnew(all, weights, p, q);
  if (!(variance > 0)) return { value: 0, low: 0, high: 0 };
  let [value, squares] = [0, 0];
  for (const [before, after] of all) {
    const size = before + after;
    const pairs = size * (size - 1);
    // Less what dealing alone makes of it.
    const mine =
      weights[size]! *
      (byCurrent * ((after * (after - 1)) / p - pairs * p) +
        byReference * ((before * (before - 1)) / q - pairs * q));
    value += mine;
    // And less what comes of one side having more rows of this kind.
    squares += (mine - perRow * (after - size * p)) ** 2;
  }
  const halfAPair = (Math.max(...weights) * byCurrent) / p;
  const reach = normalQuantile(confidence) * Math.sqrt(Math.max(variance, squares)) + halfAPair;
  // A copy repeats: where one step from 0 goes beyond what repeats on its side, all is scaled back to that.
  const side = value > 0 ? 1 : 0;
  const repeats = all.reduce((sum, group) => sum + Math.max(0, group[side] - 1), 0) / [m, n][side]!;
  const scale = Math.min(1, repeats / Math.abs(value) || 0);
  const bounded = (share: number) => Math.max(-1, Math.min(1, share * scale));
  return { value: bounded(value), low: bounded(value - reach), high: bounded(value + reach) };
}

/** By the rows of a group on both sides: groups of one row less for each of its own, per row. */
function weightsOf(groups: readonly SameRows[]): number[] {
  const many: number[] = [];
  for (const [before, after] of groups) many[before + after] = (many[before + after] ?? 0) + 1;
  return Array.from(many, (count, size) => (count && size > 1 ? (many[size - 1] ?? 0) / count / size : 0));
}

/**
 * How both sides' scores vary when all rows are dealt anew, and from it the weight of each in the difference of the two shares, how
 * much of that goes with a row more on the current side, and its variance; 0 where it cannot be told.
 */
function dealtAnew(groups: readonly SameRows[], weights: readonly number[], p: number, q: number) {
  let [current, reference, both, withRows, rows] = [0, 0, 0, 0, 0];
  for (const [before, after] of groups) {
    const size = before + after;
    const weight = weights[size]!;
    // Moments of a binomial, by its falling factorials.
    const pairs = size * (size - 1);
    const side = (chance: number) => 2 + 4 * (size - 2) * chance + (6 - 4 * size) * chance * chance;
    current += weight * weight * pairs * side(p);
    reference += weight * weight * pairs * side(q);
    both += weight * weight * pairs * p * q * (6 - 4 * size);
    withRows += 2 * weight * pairs * p * q;
    rows += size * p * q;
  }
  const given = withRows ** 2 / rows;
  const [a, b, c] = [current - given, reference - given, both + given];
  const determinant = a * b - c * c;
  if (!(determinant > 1e-9 * current * reference))
    return { byCurrent: 0, byReference: 0, perRow: 0, variance: 0 };
  const [byCurrent, byReference] = [(b + c) / determinant, -(a + c) / determinant];
  const perRow = ((byCurrent - byReference) * withRows) / rows;
  return { byCurrent, byReference, perRow, variance: byCurrent - byReference };
}
