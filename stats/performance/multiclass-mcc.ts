import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type ConfusionCell, noRatio } from './confusion.ts';

/**
 * Matthews correlation of many labels (R_K), in [−1, 1]: 0 = no better than chance. 95 % interval by the delta method on
 * Fisher's z scale. `undefined_ratio` when only one label occurs as actual or as predicted; nothing counted is `not_enough_data`.
 * Source: Gorodkin 2004; scikit-learn `matthews_corrcoef`.
 * @example multiclassMcc(confusionCells(counts)).value // 0.71
 */
export function multiclassMcc(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const held = cells.filter(({ count }) => count > 0);
  const actual = new Map<string, number>();
  const predicted = new Map<string, number>();
  let n = 0;
  let right = 0;
  for (const cell of held) {
    n += cell.count;
    if (cell.actual === cell.predicted) right += cell.count;
    actual.set(cell.actual, (actual.get(cell.actual) ?? 0) + cell.count);
    predicted.set(cell.predicted, (predicted.get(cell.predicted) ?? 0) + cell.count);
  }
  let both = 0;
  for (const [label, count] of actual) both += count * (predicted.get(label) ?? 0);
  const spread = (sizes: ReadonlyMap<string, number>): number =>
    [...sizes.values()].reduce((left, size) => left - size * size, n * n);
  const covariance = right * n - both;
  const ofActual = spread(actual);
  const ofPredicted = spread(predicted);
  if (!(ofActual > 0 && ofPredicted > 0)) return noRatio(n);
  const value = Math.max(-1, Math.min(1, covariance / Math.sqrt(ofActual) / Math.sqrt(ofPredicted)));
  const variance = held.reduce((sum, cell) => {
    const row = actual.get(cell.actual)!;
    const column = predicted.get(cell.predicted)!;
    const hit = cell.actual === cell.predicted ? n : 0;
    // One more count of the cell: its change of the covariance and of both spreads.
    const moved = hit + right - (predicted.get(cell.actual) ?? 0) - (actual.get(cell.predicted) ?? 0);
    const narrowed = (n - row) / ofActual + (n - column) / ofPredicted;
    const gradient = moved / Math.sqrt(ofActual) / Math.sqrt(ofPredicted) - value * narrowed;
    return sum + cell.count * gradient * gradient;
  }, 0);
  return onFisherScale(value, variance, n);
}

function onFisherScale(value: number, variance: number, n: number): Estimate {
  // A perfect table has no variance to measure: the bound is what n right of n allow (Wilson).
  if (Math.abs(value) > 1 - 1e-9) {
    const bound = (2 * n) / (n + Z_TWO_SIDED_95 ** 2) - 1;
    return value > 0 ? { value: 1, low: bound, high: 1 } : { value: -1, low: -1, high: -bound };
  }
  const reach = (Z_TWO_SIDED_95 * Math.sqrt(variance)) / (1 - value * value);
  const z = Math.atanh(value);
  return { value, low: Math.min(value, Math.tanh(z - reach)), high: Math.max(value, Math.tanh(z + reach)) };
}
