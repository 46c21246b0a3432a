import type { ModelRow } from './models.ts';
import type { Flag, Json } from './values.ts';

export interface MonitorRow {
  id: string;
  model: string;
  kind: string;
  options: Json;
  severity: 'page' | 'ticket';
  enabled: Flag;
  origin: 'default' | 'user';
  created_at: number;
  updated_at: number;
}

/** A default monitor that was made for a model once: someone who deletes it does not get it back. */
export interface MonitorDefaultRow {
  model: string;
  /** Kind, and metric where a kind has several: `latency/p99`. */
  name: string;
}

/** What the importance of a model's columns was last learned from. */
export interface ImportanceRow {
  model: string;
  /** Wall clock of the last try, whether anything was learned or not. */
  tried_at: number;
  /** Rows in the sample. */
  rows: number;
  /** Predictions that the model had then. */
  predictions: number;
  /** JSON: what the trees go by and how well they imitate the model; null where nothing was learned. */
  surrogate: string | null;
}

/** What the history of a model was judged as: where it is something else now, it is judged anew. Times are epoch ms. */
export interface JudgedAsRow {
  model: string;
  /** `updated_at` of the model when that was last compared. */
  looked_at: number;
  task: ModelRow['task'];
  /** The class whose probability the score is; null while unknown. */
  positive: string | null;
  /** Id, name and kind of the reference, JSON; null for none. */
  reference: Json | null;
  /** Event time from which on it is compared with; null for the whole history. */
  reference_from: number | null;
  /** Name of the reference that was compared with before. */
  reference_before: string | null;
  /** Buckets before this event time were judged before, and are judged again. */
  again_to: number;
}

/** What is normal for the quality of a model: made once and kept. */
export interface BaselineRow {
  model: string;
  /** Id of the monitor whose baseline it is. */
  name: string;
  /** What the sums are of; another needs another baseline. */
  made_of: string;
  /** Id of the reference that it comes from; `own`: the model's first labelled weeks. */
  compared_with: string;
  /** Event time from which on buckets are compared with it; null for all of them. */
  judged_from: number | null;
  /** The stretch of event time that they are of. */
  period_from: number;
  period_to: number;
  /** Revision of the profiles they were made of. */
  revision: number;
  /** JSON. */
  sums: Json;
}

/** What slices of a model lost most when that was last looked for. */
export interface SlicesRow {
  model: string;
  /** Wall clock. */
  tried_at: number;
  /** Event time since when its quality had fallen then; 0 where it had not. */
  alerted: number;
  /** Event time that was searched. */
  range_from: number;
  range_to: number;
  /** JSON, as GET /api/v1/models/{model}/slices tells it. */
  found: string;
}
