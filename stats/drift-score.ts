import type { ColumnCounts } from './column-counts.ts';
import { jsDivergenceBase2 } from './distances/jensen-shannon.ts';
import { type JsDistance, jsDistance } from './distances/js-distance.ts';
import type { Outcome } from './outcome.ts';
import { binCounts, type ReferenceBins, SPECIAL_BINS, scoredCounts } from './reference-bins.ts';

/** Reference and current counts on the same frozen bins. */
export interface BinnedPair {
  readonly reference: number[];
  readonly current: number[];
}

/**
 * Both profiles on the frozen bins, made fair for chance: a reference of m values misses about (its values seen
 * once)/m of what it was drawn from (Good–Turing), so up to that much of the current share out of range or new is
 * what the reference would have held. Without it, small references call their own tails drift.
 */
export function fairCounts(reference: ColumnCounts, current: ColumnCounts, bins: ReferenceBins): BinnedPair {
  return fairBins(binCounts(reference, bins), binCounts(current, bins), bins);
}

/**
 * `fairCounts` for counts that are on the bins already (from `binCounts`, or sums of it); they are not changed. Categories
 * come as a score has them (`scoredCounts`). What is credited to the unseen is taken from the bins of what was seen once,
 * which stands for more than its share.
 */
export function fairBins(
  reference: readonly number[],
  current: readonly number[],
  bins: ReferenceBins,
): BinnedPair {
  const usual = credited(reference, current, bins, false);
  if (bins.kind === 'numeric' || bins.unseen === 0) return usual;
  // Where the current side has fewer new values than were to be expected, those seen once may have come back instead, or
  // not: a copy of the reference has all of them, another sample of values that hardly repeat has none.
  const gone = credited(reference, current, bins, true);
  return divergence(gone) < divergence(usual) ? gone : usual;
}

function divergence({ reference, current }: BinnedPair): number {
  const found = jsDivergenceBase2(reference, current);
  return 'value' in found ? found.value : Number.POSITIVE_INFINITY;
}

/** @param whole whether the expected share of new values is credited in full, also where fewer came. */
function credited(
  reference: readonly number[],
  current: readonly number[],
  bins: ReferenceBins,
  whole: boolean,
): BinnedPair {
  const before = scoredCounts(bins, reference);
  const after = scoredCounts(bins, current);
  const m = before.reduce((sum, count) => sum + count, 0);
  const n = after.reduce((sum, count) => sum + count, 0);
  let unseen = bins.unseen;
  for (const name of ['out_of_range', 'new'] as const) {
    const at = before.length - SPECIAL_BINS.length + SPECIAL_BINS.indexOf(name);
    if (n === 0 || before[at]! > 0) continue;
    const credit = whole && name === 'new' ? unseen : Math.min(unseen, (after[at]! / n) * m);
    before[at] = credit;
    unseen -= credit;
    if (bins.kind === 'numeric' || bins.unseen === 0) continue;
    for (const [j, once] of bins.once.entries()) before[j]! -= (credit * once) / bins.unseen;
  }
  return { reference: before, current: after };
}

/**
 * The default drift score of one column: `js_distance_base2`, debiased, on the reference's frozen bins with missing,
 * invalid, out of range, new and other as bins of their own. Compare `low` with the threshold (0.1).
 * @example driftScore(profile, profile, referenceBins(profile)) // { value: 0, low: 0, … }
 */
export function driftScore(
  reference: ColumnCounts,
  current: ColumnCounts,
  bins: ReferenceBins,
): Outcome<JsDistance> {
  const counts = fairCounts(reference, current, bins);
  return jsDistance(counts.reference, counts.current);
}
