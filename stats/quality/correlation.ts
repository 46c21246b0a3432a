import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { difference } from '../intervals/difference.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** Two columns of the same rows. */
export interface Pair {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export type CorrelationMethod = 'pearson' | 'spearman';

/**
 * Correlation of two numeric columns, in [−1, 1], with Fisher's 95 % interval (for Spearman with Bonett and Wright's variance). Rows that are
 * not finite on both sides are left out. Fewer than four rows are `not_enough_data`, a column without variance `constant`.
 * Source: SciPy `pearsonr`, `spearmanr`; Fisher 1921; Bonett and Wright 2000.
 * @example correlation({ x, y }, 'spearman') // { value: 0.61, low: 0.55, high: 0.66 }
 */
export function correlation(pair: Pair, method: CorrelationMethod = 'pearson'): Outcome<Estimate> {
  const rows = both(pair);
  const n = rows.x.length;
  if (n < 4) return { reason: 'not_enough_data' };
  const value =
    method === 'pearson' ? productMoment(rows.x, rows.y) : productMoment(ranks(rows.x), ranks(rows.y));
  if (value === null) return { reason: 'constant' };
  const widened = method === 'pearson' ? 1 : 1 + value ** 2 / 2;
  const reach = Z_TWO_SIDED_95 * Math.sqrt(widened / (n - 3));
  const z = Math.atanh(value);
  return { value, low: Math.tanh(z - reach), high: Math.tanh(z + reach) };
}

/**
 * Change of a correlation, current − reference, in [−2, 2], with a 95 % interval put together from those of the two sides.
 * Results without a value as `correlation`.
 * Source: Zou 2007, Toward using confidence intervals to compare correlations.
 */
export function correlationShift(
  reference: Pair,
  current: Pair,
  method: CorrelationMethod = 'pearson',
): Outcome<Estimate> {
  return difference(correlation(reference, method), correlation(current, method));
}

/**
 * Ranks from 1, equal values share the mean of theirs.
 * @example ranks([5, 1, 5]) // [2.5, 1, 2.5]
 */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranked = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end]!] === values[order[i]!]) end++;
    for (let j = i; j < end; j++) ranked[order[j]!] = (i + 1 + end) / 2;
    i = end;
  }
  return ranked;
}

/** Pearson's r, or null when a side does not vary; each side is brought to its own scale first, so that squares cannot overflow. */
function productMoment(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const a = centred(x);
  const b = centred(y);
  if (a === null || b === null) return null;
  const sum = a.reduce((total, value, i) => total + value * b[i]!, 0);
  return Math.max(-1, Math.min(1, sum / Math.sqrt(squares(a)) / Math.sqrt(squares(b))));
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function centred(values: ArrayLike<number>): Float64Array | null {
  const n = values.length;
  const first = values[0]!;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(values[i]! / 2 - first / 2));
  if (most === 0) return null;
  const scaled = Float64Array.from(values, (value) => (value / 2 - first / 2) / most);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / n;
  return scaled.map((value) => value - mean);
}

function both({ x, y }: Pair): { x: Float64Array; y: Float64Array } {
  const rows = Array.from({ length: Math.min(x.length, y.length) }, (_, i) => i).filter(
    (i) => Number.isFinite(x[i]) && Number.isFinite(y[i]),
  );
  return { x: Float64Array.from(rows, (i) => x[i]!), y: Float64Array.from(rows, (i) => y[i]!) };
}
