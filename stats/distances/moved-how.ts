/** One-sided 95 %, as the bounds of a distance are. */
const REACH = 1.645;
/** So many of its own errors above no change is no chance: about one in a thousand looks without change. */
const CERTAIN = 3.7;
/** A distance that stays below this, its upper bound included, is no move worth a word. */
const NOTHING = 0.01;

/** A distance with its one-sided bounds, in [0, 1]; null where a bound is not known. */
export interface BoundedDistance {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * What a drift score says beside its threshold: `far` when the whole interval lies above it, `unsure` when the value does but its interval does not,
 * `small` when it lies below and moved for certain, else `as_before`. Without a threshold nothing is far. Bounds are those of the squared distance,
 * value² ∓ 1.645 errors: what they leave says how many errors away no change is.
 * @example movedHow({ value: 0.06, low: 0.051, high: 0.068 }, 0.1) // 'small'
 */
export function movedHow(
  distance: BoundedDistance,
  threshold: number | null,
): 'as_before' | 'small' | 'unsure' | 'far' {
  const { value, low } = distance;
  if (threshold === null || value <= threshold) return forCertain(distance) ? 'small' : 'as_before';
  return low === null || low > threshold ? 'far' : 'unsure';
}

function forCertain({ value, low, high }: BoundedDistance): boolean {
  if (!value || low === null || low <= 0 || (high !== null && high < NOTHING)) return false;
  return REACH >= CERTAIN * (1 - (low / value) ** 2);
}
