/** A series that PromQL gave: labels, and values by the moment they are of, epoch milliseconds. What is no number is left out. */
export interface PromSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** At which moments a query is evaluated, epoch milliseconds. */
export interface PromRange {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** A Prometheus, or what speaks its query API (VictoriaMetrics, Thanos, Mimir), that is read from. */
export interface Prometheus {
  /** Evaluates PromQL over a range. Errors: store_unavailable (TiltmeterError), with what it said. */
  range(query: string, range: PromRange): Promise<readonly PromSeries[]>;
  /** Since when it does not answer, or refuses a query (epoch milliseconds), and why; null while all is well, or before it was asked. */
  readonly away: { readonly since: number; readonly why: string } | null;
  /** PromQL that people wrote, beside what is known by itself. */
  readonly own: readonly OwnQuery[];
}

/** A row of a model's page by PromQL. */
export interface OwnQuery {
  readonly id: string;
  readonly layer: 'infrastructure' | 'serving';
  readonly title: string;
  readonly unit: string;
  /** With `$services`, `$hosts` and `$step`. */
  readonly query: string;
}
