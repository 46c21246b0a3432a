import type { Bin } from '../../charts/distribution-option.ts';

/**
 * Where a value lies in the reference: the share of its numeric rows below the value, linear within a bin.
 * Null when the reference has no numbers. `percentile(5, bins 0–10 with 100 rows)` → 0.5
 */
export function percentile(value: number, bins: readonly Bin[]): number | null {
  let below = 0;
  let total = 0;
  for (const bin of bins) {
    if (bin.kind !== 'range' || bin.from === null || bin.to === null) continue;
    total += bin.reference;
    const width = bin.to - bin.from;
    const part = width <= 0 ? Number(value >= bin.from) : (value - bin.from) / width;
    below += bin.reference * Math.min(1, Math.max(0, part));
  }
  return total === 0 ? null : below / total;
}

/** The share of the reference that has this category; null when the reference is empty. */
export function categoryShare(value: string, bins: readonly Bin[]): number | null {
  const total = bins.reduce((sum, bin) => sum + bin.reference, 0);
  if (total === 0) return null;
  const bin = bins.find((one) => one.label === value && one.kind !== 'missing' && one.kind !== 'invalid');
  return bin === undefined ? 0 : bin.reference / total;
}

/** How unusual: 0 in the middle 90 %, 1 in the outer 10 %, 2 in the outer 2 %. */
export function unusual(percentile: number): 0 | 1 | 2 {
  const outer = Math.min(percentile, 1 - percentile);
  return outer < 0.01 ? 2 : outer < 0.05 ? 1 : 0;
}
