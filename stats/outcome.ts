/** Why a metric has no value. Stable names: they are stored with signals and shown to users. */
export type Reason =
  | 'not_enough_data'
  | 'constant'
  | 'no_reference'
  | 'single_class'
  | 'undefined_ratio'
  | 'not_finite'
  | 'different_bins'
  | 'not_converged'
  | 'no_overlap'
  | 'too_many_items';

/** A metric without a value: never NaN, always a named reason. */
export interface Unavailable {
  readonly reason: Reason;
}

/** One number. */
export interface Value {
  readonly value: number;
}

/** A number with its interval. `low ≤ value ≤ high`; the confidence is stated by the function that returns it. */
export interface Estimate extends Value {
  readonly low: number;
  readonly high: number;
}

/** A metric's result: a value (perhaps with an interval), or the named reason why there is none. */
export type Outcome<T extends Value = Value> = T | Unavailable;

/**
 * Whether the outcome has a value.
 * @example available({ value: 1 }) // true
 */
export function available<T extends Value>(outcome: Outcome<T>): outcome is T {
  return 'value' in outcome;
}

/**
 * A result without a value.
 * @example unavailable('constant') // { reason: 'constant' }
 */
export function unavailable(reason: Reason): Unavailable {
  return { reason };
}

/** The number as a value, or `not_finite` when it is NaN or ±∞. */
export function finite(value: number): Outcome {
  return Number.isFinite(value) ? { value } : { reason: 'not_finite' };
}
