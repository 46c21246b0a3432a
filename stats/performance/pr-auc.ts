import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledScores, type ScoreCell, scoreCells } from './score-cells.ts';

/**
 * Area under the precision–recall curve as average precision Σ (Rᵢ − Rᵢ₋₁) Pᵢ over falling thresholds, in (0, 1]; compare
 * with the share of positives, which is what a random score gets. 95 % interval by the rows' influences (delta method) on the
 * logit scale; where these leave no width, as of perfect scores, that of as many positives found with such a share.
 * `not_enough_data` without positives.
 * Source: scikit-learn `average_precision_score`; logit scale: Boyd, Eng and Page 2013.
 * @example prAuc({ positive: new Map([[2, 1]]), negative: new Map([[1, 1]]) }).value // 1
 */
export function prAuc(scores: LabelledScores): Outcome<Estimate> {
  const cells = scoreCells(scores).reverse();
  const positives = cells.reduce((sum, cell) => sum + cell.positive, 0);
  if (positives === 0) return { reason: 'not_enough_data' };
  const precision = precisions(cells);
  const value = Math.min(
    1,
    cells.reduce((sum, cell, i) => sum + (cell.positive / positives) * precision[i]!.share, 0),
  );
  // At 1 the logit has no width: half a positive is taken as missed.
  const inner = Math.min(value, 1 - 0.5 / (positives + 1));
  const logit = Math.log(inner / (1 - inner));
  const spread = variance(cells, precision, positives, value) || (inner * (1 - inner)) / positives;
  const reach = (Z_TWO_SIDED_95 * Math.sqrt(spread)) / (inner * (1 - inner));
  return {
    value,
    low: Math.min(value, 1 / (1 + Math.exp(reach - logit))),
    high: Math.max(value, 1 / (1 + Math.exp(-reach - logit))),
  };
}

/** Of the rows that score at least as high as a cell: how many, and the share of positives. */
interface Flagged {
  readonly n: number;
  readonly share: number;
}

function precisions(cells: readonly ScoreCell[]): Flagged[] {
  let [found, n] = [0, 0];
  return cells.map(({ positive, negative }) => {
    found += positive;
    n += positive + negative;
    return { n, share: found / n };
  });
}

/** One more row of a cell brings its own precision, where it is positive, and changes that of all cells from its own down. */
function variance(
  cells: readonly ScoreCell[],
  precision: readonly Flagged[],
  positives: number,
  value: number,
): number {
  let [found, lost, sum] = [0, 0, 0];
  for (let i = cells.length - 1; i >= 0; i--) {
    const { positive, negative } = cells[i]!;
    const { n, share } = precision[i]!;
    found += positive / positives / n;
    lost += ((positive / positives) * share) / n;
    sum += positive * ((share - value) / positives + found - lost) ** 2 + negative * lost ** 2;
  }
  return sum;
}
