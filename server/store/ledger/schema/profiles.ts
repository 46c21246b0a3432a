import type { Json } from './values.ts';

export interface ReferenceRow {
  id: string;
  model: string;
  name: string;
  kind: 'file' | 'fixed' | 'rolling' | 'automatic';
  /** fixed/automatic: {from,to}; rolling: {window_ms, offset_ms}; file: {rows, filename}. */
  options: Json;
  created_by: string;
  created_at: number;
}

/** What the profiles of a model hold, kept by the roll-up and never recomputed from history. Times are epoch ms. */
export interface ProfileHeadRow {
  model: string;
  /** All rows with a stamp before this are in the profiles. */
  rolled_up_to: number;
  /** Task and length of a bucket that the profiles were made with. */
  task: string;
  bucket_ms: number;
  /** First and newest bucket with predictions; null before the first. */
  first: number | null;
  last: number | null;
  /** Newest event time in the profiles, and when the newest row was received. */
  newest_event: number | null;
  last_received: number | null;
  /** Grows with every roll-up that wrote something. */
  revision: number;
  predictions: number;
  labels: number;
  /** Newest versions first, bounded. */
  versions: Json;
  /** The newest 48 buckets: [[time, n], …]. */
  traffic: Json;
  /** Newest stretches that were rewritten, with their revision, bounded. */
  rewrites: Json;
  /** Stretches of arrivals that are looked at a second time. */
  looks: Json;
  /** Wall clock of the last roll-up that went well, and what the last one failed of. */
  succeeded_at: number;
  failure: string | null;
}

/** Since when a column has had values, and the newest bucket that has one. */
export interface ColumnHeadRow {
  model: string;
  column: string;
  first: number;
  last: number;
  revision: number;
}
