/** What counts as in control, and how a CUSUM decides. */
export interface CusumOptions {
  /** Mean and standard deviation without a change, from a reference. */
  readonly mean: number;
  readonly deviation: number;
  /** Half the shift to be found, in standard deviations. Default 0.5. */
  readonly slack?: number;
  /** Alarm above this, in standard deviations. Default 5: one false alarm in about 465 independent normal values. */
  readonly threshold?: number;
}

/** What the detector remembers; plain JSON. */
export interface Cusum {
  /** Evidence of a rise and of a fall, in standard deviations. */
  readonly rise: number;
  readonly fall: number;
  readonly drift: 'up' | 'down' | null;
}

/** A detector that has seen nothing. */
export const CUSUM_START: Cusum = { rise: 0, fall: 0, drift: null };

/**
 * The two-sided tabular CUSUM after one more value: finds a small lasting shift from a known mean. After an alarm the sums start
 * anew. NaN and ±∞ change nothing but end a standing alarm.
 * Source: Page 1954; Montgomery 2009, Introduction to statistical quality control, section 9.1.
 * @throws RangeError when the standard deviation is not above 0.
 * @example values.reduce((state, x) => cusum(state, x, { mean: 10, deviation: 2 }), CUSUM_START).drift
 */
export function cusum(
  before: Cusum,
  x: number,
  { mean, deviation, slack = 0.5, threshold = 5 }: CusumOptions,
): Cusum {
  if (!(deviation > 0)) throw new RangeError('the standard deviation must be above 0');
  const state = before.drift === null ? before : CUSUM_START;
  if (!Number.isFinite(x)) return state;
  const z = (x - mean) / deviation;
  const rise = Math.max(0, state.rise + z - slack);
  const fall = Math.max(0, state.fall - z - slack);
  if (rise > threshold) return { rise, fall, drift: 'up' };
  return { rise, fall, drift: fall > threshold ? 'down' : null };
}
