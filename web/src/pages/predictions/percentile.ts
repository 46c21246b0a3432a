import type { Bin } from '../../charts/distribution-option.ts';

export interface Place {
  /** Share of the reference's numeric rows below the value, linear within a bin. */
  readonly below: number;
  /** Share of the rows in the value's own bin: large where many rows have one value, such as 0. */
  readonly own: number;
}

/** Where a value lies in the reference; null when it has no numbers. `placeOf(5, bins 0–10 with 100 rows)` → below 0.5 */
export function placeOf(value: number, bins: readonly Bin[]): Place | null {
  let below = 0;
  let total = 0;
  let own = 0;
  for (const bin of bins) {
    if (bin.kind !== 'range' || bin.from === null || bin.to === null) continue;
    total += bin.reference;
    const width = bin.to - bin.from;
    const part = width <= 0 ? Number(value > bin.from) : (value - bin.from) / width;
    below += bin.reference * Math.min(1, Math.max(0, part));
    if (value >= bin.from && (value < bin.to || width <= 0)) own = Math.max(own, bin.reference);
  }
  return total === 0 ? null : { below: below / total, own: own / total };
}

/** The share of the reference that has this category; null when the reference is empty. */
export function categoryShare(value: string, bins: readonly Bin[]): number | null {
  const total = bins.reduce((sum, bin) => sum + bin.reference, 0);
  if (total === 0) return null;
  const bin = bins.find((one) => one.label === value && one.kind !== 'missing' && one.kind !== 'invalid');
  return bin === undefined ? 0 : bin.reference / total;
}

/** More rows than this in one bin are one value that many share, and nothing about it is unusual. */
const SHARED = 0.2;

export function isShared(place: Place): boolean {
  return place.own > SHARED;
}

/** How unusual: 2 beyond everything the reference has, 1 in its outer 2 %, 0 elsewhere. */
export function unusual(place: Place): 0 | 1 | 2 {
  if (isShared(place)) return 0;
  if (place.own === 0 && (place.below <= 0 || place.below >= 1)) return 2;
  return Math.min(place.below, 1 - place.below) < 0.01 ? 1 : 0;
}
