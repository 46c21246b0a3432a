/** What a monitor found in one bucket. Either `value` is a number, or `status` is the named reason why it is not. */
export interface Measurement {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** Length of the window that was looked at, in buckets. */
  readonly window: number;
  /** The level that opens an alert, in the unit of the value. */
  readonly threshold: number | null;
  /** What the reference has, in the unit of the value. */
  readonly baseline: number | null;
  readonly status: 'ok' | string;
  readonly verdict: 'breach' | 'within' | 'clear' | 'no_data' | 'not_enough_data' | 'late';
  /** Why, by name: `above_threshold`, `within_threshold`, `no_reference` … */
  readonly reason: string;
}
