import { Z_TWO_SIDED_95 } from '../normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { proportion } from '../proportion.ts';
import { type LabelledScores, scoreCells } from './score-cells.ts';

/**
 * Area under the ROC curve: the probability that a positive outscores a negative, ties half, in [0, 1], with DeLong's
 * 95 % interval. Exact up to ties inside a grid cell. `single_class` when a class is absent, `not_enough_data` when both are.
 * Perfect separation has no DeLong variance: its bound is the Wilson bound for the smaller class.
 * Source: DeLong, DeLong and Clarke-Pearson 1988.
 * @example rocAuc({ positive: new Map([[5, 10]]), negative: new Map([[1, 10]]) }).value // 1
 */
export function rocAuc(scores: LabelledScores): Outcome<Estimate> {
  const cells = scoreCells(scores);
  const positives = cells.reduce((sum, cell) => sum + cell.positive, 0);
  const negatives = cells.reduce((sum, cell) => sum + cell.negative, 0);
  if (positives + negatives === 0) return { reason: 'not_enough_data' };
  if (positives === 0 || negatives === 0) return { reason: 'single_class' };
  let negativesBelow = 0;
  let positivesBelow = 0;
  let sum = 0;
  let positiveSquares = 0;
  let negativeSquares = 0;
  for (const cell of cells) {
    // Share of negatives that a positive of this cell beats; share of positives that beat a negative of it.
    const beats = (negativesBelow + cell.negative / 2) / negatives;
    const beaten = (positives - positivesBelow - cell.positive / 2) / positives;
    sum += cell.positive * beats;
    positiveSquares += cell.positive * beats * beats;
    negativeSquares += cell.negative * beaten * beaten;
    negativesBelow += cell.negative;
    positivesBelow += cell.positive;
  }
  const value = sum / positives;
  const variance =
    Math.max(0, positiveSquares / positives - value * value) / Math.max(1, positives - 1) +
    Math.max(0, negativeSquares / negatives - value * value) / Math.max(1, negatives - 1);
  if (variance < 1e-14) return separated(value, Math.min(positives, negatives));
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}

function separated(value: number, n: number): Estimate {
  const bound = proportion(n, n);
  const reach = 'value' in bound ? 1 - bound.low : 1;
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}
