import { proportionDifference } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledScores, scoreCells } from './score-cells.ts';

/**
 * KS of a score: the largest gap, over all cutoffs, between the shares of positives and of negatives below it, in [0, 1];
 * 0 = the score tells nothing, 1 = it separates (either way round). 95 % interval of the gap at the best cutoff (Newcombe);
 * the cutoff is chosen on the same rows, so that small samples read high. `single_class` when a class is absent,
 * `not_enough_data` when both are.
 * Source: SciPy `ks_2samp`; Thomas, Edelman and Crook 2002, Credit scoring and its applications.
 * @example scoreKs(scoreRanks({ label: [1, 1, 0], score: [3, 2, 1] })).value // 1
 */
export function scoreKs(scores: LabelledScores): Outcome<Estimate> {
  const cells = scoreCells(scores);
  const positives = cells.reduce((sum, { positive }) => sum + positive, 0);
  const negatives = cells.reduce((sum, { negative }) => sum + negative, 0);
  if (positives + negatives === 0) return { reason: 'not_enough_data' };
  if (positives === 0 || negatives === 0) return { reason: 'single_class' };
  let positive = 0;
  let negative = 0;
  let best = { gap: 0, positive: 0, negative: 0 };
  for (const cell of cells) {
    positive += cell.positive;
    negative += cell.negative;
    // In whole numbers: shares that are equal must not differ by rounding.
    const gap = negative * positives - positive * negatives;
    if (Math.abs(gap) > Math.abs(best.gap)) best = { gap, positive, negative };
  }
  const outcome =
    best.gap >= 0
      ? proportionDifference(best.positive, positives, best.negative, negatives)
      : proportionDifference(best.negative, negatives, best.positive, positives);
  return 'value' in outcome ? { ...outcome, low: Math.max(0, outcome.low) } : outcome;
}
