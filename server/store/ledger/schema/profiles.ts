import type { Flag, Json } from './values.ts';

export interface ReferenceRow {
  id: string;
  model: string;
  name: string;
  kind: 'file' | 'fixed' | 'rolling' | 'automatic';
  /** fixed/automatic: {from,to}; rolling: {window_ms, offset_ms}; file: {rows, filename}. */
  options: Json;
  created_by: string;
  /** Who that is, by id; null in rows from before ids were kept. */
  created_by_id: string | null;
  created_at: number;
  /** Wall clock when it last became its model's default; null when it never was. */
  default_at: number | null;
}

/** What the profiles of a model hold, kept by the roll-up and never recomputed from history. Times are epoch ms. */
export interface ProfileHeadRow {
  model: string;
  /** All predictions with a stamp before this are in the profiles. */
  rolled_up_to: number;
  /** All labels with a stamp before this are in the profiles, or wait for their prediction. */
  labelled_to: number;
  /** The same of outcomes. */
  outcomes_to: number;
  /** The same of the profiles that agents sent; 0 where none ever did. */
  sent_to: number;
  /** Predictions in the profiles that agents counted: there are no rows of them. */
  sent: number;
  /** Task, length of a bucket and k of rankings that the profiles were made with. */
  task: string;
  bucket_ms: number;
  ranking_k: number;
  /** First and newest bucket with predictions; null before the first. */
  first: number | null;
  last: number | null;
  /** Newest event time in the profiles, but for rows dated ahead of their arrival; when the newest row was received. */
  newest_event: number | null;
  last_received: number | null;
  /** Grows with every roll-up that wrote something; 0 while what the profiles hold is not known yet. */
  revision: number;
  /** The newest revision that a roll-up ever began to write: it may have died half way. */
  writing: number;
  /** Predictions in the profiles, and those of them that have a label. */
  predictions: number;
  labels: number;
  /** Labels whose prediction has not come, at most. */
  waiting: number;
  /** Outcomes whose prediction has not come, at most. */
  outcomes_waiting: number;
  /** Versions that have profiles of their own, newest first, bounded: [[version, newest bucket], …]. */
  versions: Json;
  /** Labels that occur, in the order in which they came, one more than are told apart at most. */
  classes: Json;
  /** The newest 48 buckets: [[time, n], …]. */
  traffic: Json;
  /** Newest stretches that were rewritten, bounded: [[from, to, revision, what], …]. */
  rewrites: Json;
  /** Stretches of arrivals that are looked at a second time. */
  looks: Json;
  /** Pieces that fail again and again, and when they are tried next. */
  held: Json;
  /** Buckets that are put off while they fill. */
  put_off: Json;
  /** The splits that the profiles were made with, as the model has them, and as they were settled. */
  split_by: Json;
  splits: Json;
  /** When the versions with profiles of their own were last chosen among more; null while there is room for all. */
  folded_at: number | null;
  /** When there is work although nothing arrived; null for never. */
  next_at: number | null;
  /** Wall clock of the last roll-up that went well, and what the last one failed of. */
  succeeded_at: number;
  failure: string | null;
}

/** The stretch of event time in which a column has profiles. */
export interface ColumnHeadRow {
  model: string;
  column: string;
  /** First and newest bucket with a profile in production; null while there is none. */
  first: number | null;
  last: number | null;
  revision: number;
  /** 1: a reference file has it, so it is expected from the first bucket on. */
  expected: Flag;
  /** Stamp since which values came that are on no grid yet; null when they all are. */
  opened: number | null;
  /** 1: its profiles count numbers as categories. */
  codes: Flag;
}
