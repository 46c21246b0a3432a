export interface ScrapeTargetRow {
  id: string;
  job: string;
  /** Without its query. */
  url: string;
  /** JSON: those that all of its series get. */
  labels: string;
  interval_ms: number;
  /** new, up, partial, down */
  state: string;
  /** Epoch milliseconds since when it is in this state. */
  since: number;
  /** Epoch milliseconds; null: not scraped yet. */
  last_at: number | null;
  duration_ms: number;
  samples: number;
  /** Of them, how many were not stored. */
  refused: number;
  code: string | null;
  message: string | null;
}

/** What is wrong with where targets are found. */
export interface ScrapeProblemRow {
  /** In the order in which they are told. */
  place: number;
  /** Empty where it is of none. */
  job: string;
  message: string;
}
