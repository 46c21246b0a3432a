/** What a value, an alert and a decision are about: one monitor's statistic of one column, segment and version of a model. */
export interface Series {
  readonly model: string;
  readonly monitor: string;
  /** Id of the monitor's kind. */
  readonly kind: string;
  readonly metric: string;
  readonly layer: string;
  /** Empty text where a series has no column; likewise its segment and version. */
  readonly column: string;
  readonly segment: string;
  readonly version: string;
  /** Id and version of the metric's definition: `js_distance_base2@3`. */
  readonly definition: string;
  readonly unit: string;
}

/** The parts that tell the series of a model apart, in this order. */
const PARTS = ['monitor', 'column', 'segment', 'version'] as const;

/**
 * The series as one text, for maps: equal for two series of a model exactly when they are the same one. The metric is no
 * part of it, since a monitor judges one at a time: its alert goes on when people choose another one. Who keeps a memory
 * of earlier values compares the metric too.
 * `seriesKey({ monitor: 'm1', column: 'age', segment: '', version: '' })` → `m1␟age␟␟`
 */
export function seriesKey(series: Pick<Series, (typeof PARTS)[number]>): string {
  return PARTS.map((part) => series[part]).join('\u001f');
}
