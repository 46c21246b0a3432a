import type { CountComparison } from '../comparison.ts';
import type { Outcome } from '../outcome.ts';
import { pearson, twoRows } from '../two-rows.ts';

/**
 * Cramér's V between side and bin, bias-corrected, in [0, 1]: 0 = same shares, about 1 = disjoint. Results without a value
 * as `chiSquareTest`; three observations are needed.
 * Source: Bergsma 2013, A bias-correction for Cramér's V and Tschuprow's T.
 * @example correctedCramersV([50, 50], [50, 50]) // { value: 0 }
 */
export function correctedCramersV(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const table = twoRows(reference, current);
  if (table === null || table.m + table.n < 3) return { reason: 'not_enough_data' };
  const bins = table.columns.length;
  if (bins < 2) return { reason: 'constant' };
  const total = table.m + table.n;
  const free = total - 1;
  const phi = Math.max(0, pearson(table) / total - (bins - 1) / free);
  const rows = 2 - 1 / free;
  const columns = bins - (bins - 1) ** 2 / free;
  const least = Math.min(rows, columns) - 1;
  return least > 0 ? { value: Math.min(1, Math.sqrt(phi / least)) } : { reason: 'not_enough_data' };
}

export const cramersV: CountComparison = {
  id: 'cramers_v',
  version: 1,
  title: 'Cramér’s V, bias-corrected',
  formula:
    '√(φ̃² / (min(r̃, k̃) − 1)) with φ̃² = max(0, χ²/N − (k − 1)/(N − 1)), r̃ = 2 − 1/(N − 1), k̃ = k − (k − 1)²/(N − 1)',
  range: [0, 1],
  edges: 'Same: 0. One occupied bin: constant. It depends on how the two sides are balanced.',
  source: 'Bergsma 2013, A bias-correction for Cramér’s V and Tschuprow’s T',
  accepts: 'counts',
  compare: correctedCramersV,
};
