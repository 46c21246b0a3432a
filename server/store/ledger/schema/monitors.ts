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
}

/** What is normal for a model by its own first weeks: made once and kept. */
export interface BaselineRow {
  model: string;
  /** Id of the monitor whose baseline it is. */
  name: string;
  /** What the sums are of; another needs another baseline. */
  made_of: string;
  /** The stretch of event time that they are of. */
  period_from: number;
  period_to: number;
  /** Revision of the profiles they were made of. */
  revision: number;
  /** JSON. */
  sums: Json;
}
