import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledScores, scoreCells } from './score-cells.ts';

/**
 * Area under the precision–recall curve as average precision Σ (Rᵢ − Rᵢ₋₁) Pᵢ over falling thresholds, in (0, 1]; compare
 * with the share of positives, which is what a random score gets. 95 % interval on the logit scale.
 * `not_enough_data` without positives.
 * Source: scikit-learn `average_precision_score`; interval: Boyd, Eng and Page 2013.
 */
export function prAuc(scores: LabelledScores): Outcome<Estimate> {
  const cells = scoreCells(scores).reverse();
  const positives = cells.reduce((sum, cell) => sum + cell.positive, 0);
  if (positives === 0) return { reason: 'not_enough_data' };
  let found = 0;
  let flagged = 0;
  let value = 0;
  for (const cell of cells) {
    found += cell.positive;
    flagged += cell.positive + cell.negative;
    value += (cell.positive / positives) * (found / flagged);
  }
  value = Math.min(1, value);
  // At 1 the logit has no width: half a positive is taken as missed.
  const inner = Math.min(value, 1 - 0.5 / (positives + 1));
  const logit = Math.log(inner / (1 - inner));
  const reach = Z_TWO_SIDED_95 / Math.sqrt(positives * inner * (1 - inner));
  return {
    value,
    low: Math.min(value, 1 / (1 + Math.exp(reach - logit))),
    high: Math.max(value, 1 / (1 + Math.exp(-reach - logit))),
  };
}
