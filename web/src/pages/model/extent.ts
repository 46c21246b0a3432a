import { NOTHING, quantity } from '../../number/format.ts';

interface Extremes {
  readonly min: number | null;
  readonly max: number | null;
}

/** Least to most of a column's numbers; one value stands alone. `extentText({ min: 3, max: 97 })` → `3.00 – 97.0` */
export function extentText({ min, max }: Extremes, unit = ''): string {
  if (min === null || max === null) return NOTHING;
  return min === max ? quantity(min, unit) : `${quantity(min, unit)} – ${quantity(max, unit)}`;
}
