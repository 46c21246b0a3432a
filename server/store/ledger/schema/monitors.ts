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
