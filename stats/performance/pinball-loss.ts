import { meanWithin, sumsOf } from '../intervals/interval-over.ts';
import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledValues, perRow } from './labelled-values.ts';

/**
 * Mean pinball (quantile) loss of predictions of quantile q, in the target's unit, ≥ 0: q · (label − prediction) where the label is
 * above, (1 − q) · (prediction − label) below. At q = 0.5 half the mean absolute error. 95 % interval of the mean; fewer
 * than two rows are `not_enough_data`.
 * Source: Koenker and Bassett 1978; scikit-learn `mean_pinball_loss`.
 * @throws RangeError when q is outside (0, 1).
 * @example pinballLoss({ label: [10, 10], prediction: [8, 12] }, 0.9).value // 1
 */
export function pinballLoss(rows: LabelledValues, q: number): Outcome<Estimate> {
  if (!(q > 0 && q < 1)) throw new RangeError('q must be in (0, 1)');
  const loss = (y: number, f: number): number => (y >= f ? q * (y - f) : (1 - q) * (f - y));
  return meanWithin(perRow(rows, loss), [0, Infinity]);
}

/**
 * Share of labels at or below the predicted quantile q, in [0, 1]: near q when the predictions are right. Wilson 95 % interval.
 * @example quantileCoverage({ label: [1, 3], prediction: [2, 2] }).value // 0.5
 */
export function quantileCoverage(rows: LabelledValues): Outcome<Estimate> {
  const below: number[] = perRow(rows, (y, f) => (y <= f ? 1 : 0));
  return proportion(sumsOf(below).sum, below.length);
}
