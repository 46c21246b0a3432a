import type { Flag, Json } from './values.ts';

export type AlertState = 'ok' | 'pending' | 'firing' | 'resolved' | 'no_data' | 'not_enough_data' | 'late';

export interface AlertRow {
  id: string;
  model: string;
  monitor: string;
  kind: string;
  metric: string;
  layer: string;
  /** Empty text where the series has none, so that the unique key holds on both dialects. */
  column: string;
  segment: string;
  version: string;
  state: AlertState;
  reason: string;
  /** Event time at which the state began. */
  since: number;
  /** Memory of the state machine (recent breaches for M of N), JSON. */
  memory: Json;
  /** Event time of the last judged bucket's end. */
  last_time: number;
  /** What it is judged by (metric, reference, settings): what was judged by another is not judged again by this. */
  basis: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  threshold: number | null;
  incident: string | null;
  updated_at: number;
}

/** A line of the decision log. */
export interface AlertTransitionRow {
  /** Given under the lock of `decision_head`. */
  seq: number;
  alert: string;
  model: string;
  monitor: string;
  kind: string;
  metric: string;
  column: string;
  segment: string;
  version: string;
  severity: 'page' | 'ticket';
  from_state: AlertState | null;
  to_state: AlertState;
  reason: string;
  /** Event time of the bucket that decided. */
  time: number;
  /** Wall clock. */
  at: number;
  /** Event time at which the trouble began. */
  since: number;
  /** The worst of the episode so far, JSON. */
  peak: Json | null;
  /** How much event time the alert looked at. */
  reach_ms: number;
  /** 1: corrects what was told before. */
  correction: Flag;
}

/** The end of the decision log. Its lock puts those who decide in line, so that no reader with a cursor skips one. */
export interface DecisionHeadRow {
  id: number;
  seq: number;
}

/** How far a model has been judged. Times are epoch ms. */
export interface JudgementRow {
  model: string;
  /** End of the last bucket (event time) that was judged. */
  evaluated_to: number;
  /** Revision of the profiles that was judged: what was rewritten since is judged again. */
  judged_revision: number;
  /** Up to which event time labels had had their time. */
  matured_to: number;
  /** Counts the times that something was decided: who decides on what was read meanwhile is refused. */
  round: number;
  /** Wall clock at which a bucket completes although nothing comes; null for never. */
  due_at: number | null;
  /** Wall clock of the last evaluation that went well, and what the last one failed of. */
  succeeded_at: number;
  failure: string | null;
}

/** What was remembered of a series before the bucket that begins at `time`: where judging again may begin. */
export interface AlertCheckpointRow {
  alert: string;
  /** Event time; 0 for before everything. */
  time: number;
  basis: string;
  /** JSON as in `alerts`; null when nothing was. */
  memory: Json | null;
}
