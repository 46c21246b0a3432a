/**
 * Additive counts of what a column looked like. Two profiles of one column merge by adding.
 * A numeric column has `grid` (index on the column's asinh grid → count), a categorical one `counts` and `other`.
 */
export interface Profile {
  readonly n: number;
  readonly missing: number;
  readonly invalid: number;
  readonly sum: number;
  readonly sum2: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly grid: ReadonlyMap<number, number>;
  readonly counts: ReadonlyMap<string, number>;
  readonly other: number;
}

/** Centre and scale of a column's asinh grid: i = floor(64 · asinh((x − center) / scale)). Frozen per column. */
export interface Grid {
  readonly center: number;
  readonly scale: number;
}

/**
 * Profiles of columns that are not features, by the name of their row in the `profiles` table:
 * - `_prediction`, `_score`, `_latency_ms`: as any column. `_error`: counts of '' (none) and the error's class (text up to the first ':').
 * - `_confusion`: counts per `actual\u001fpredicted`, once labels arrive.
 * - `_score|<label>`: score grid of the predictions whose label is `<label>` (binary: both labels).
 * - `_residual`: prediction − label (regression), `_absolute_residual`: its absolute value (sum → MAE, sum2 → MSE exactly).
 * - `_label`: the labels themselves, as a numeric or categorical column; n is label coverage.
 */
export const CONFUSION_SEPARATOR = '\u001f';
