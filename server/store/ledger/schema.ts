import type { ColumnType, Generated } from 'kysely';

/**
 * The ledger's tables: what people configure and what was decided. Times are epoch milliseconds (integer),
 * booleans 0/1, objects JSON text, so that both dialects store the same values.
 */
export interface Ledger {
  models: ModelRow;
  columns: ColumnRow;
  references: ReferenceRow;
  monitors: MonitorRow;
  alerts: AlertRow;
  alert_transitions: AlertTransitionRow;
  incidents: IncidentRow;
  incident_alerts: IncidentAlertRow;
  incident_events: IncidentEventRow;
  channels: ChannelRow;
  outbox: OutboxRow;
  users: UserRow;
  sessions: SessionRow;
  login_links: LoginLinkRow;
  keys: KeyRow;
  audit: AuditRow;
  audit_head: AuditHeadRow;
  idempotency: IdempotencyRow;
  leases: LeaseRow;
  settings: SettingRow;
}

type Json = string;
type Flag = 0 | 1;

export interface ModelRow {
  id: string;
  /** The lake's table of its predictions, `predictions_<model>` made safe; unique. */
  table_name: string;
  task: 'unknown' | 'binary' | 'multiclass' | 'regression' | 'ranking';
  owner: string | null;
  description: string | null;
  tags: Json;
  /** For binary: the label that counts as positive. */
  positive_label: string | null;
  bucket_ms: number;
  label_delay_ms: number;
  /** Trailing window of the drift monitors; widened when too few predictions fall into it. */
  window_ms: number;
  retention_days: number | null;
  /** The reference that monitors use when they name none; null until one exists. */
  reference_id: string | null;
  /** Feature importance by column, shares that sum to 1, JSON; null until known. */
  importance: Json | null;
  importance_source: string | null;
  /** All rows received before this moment are in the profiles. */
  rolled_up_to: number;
  /** End of the last bucket (event time) that the monitors have judged. */
  evaluated_to: number;
  created_at: number;
  updated_at: number;
}

export interface ColumnRow {
  model: string;
  name: string;
  type: 'numeric' | 'categorical' | 'boolean';
  position: number;
  /** 1: the type was declared by people, so values of other JSON types are kept as their text where that is possible. */
  declared: Flag;
  /** asinh grid: centre and scale, frozen once; null until enough values were seen. */
  grid_center: number | null;
  grid_scale: number | null;
  /** 1: values may appear in alert text. */
  safe: Flag;
  created_at: number;
}

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
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  threshold: number | null;
  incident: string | null;
  updated_at: number;
}

export interface AlertTransitionRow {
  seq: Generated<number>;
  alert: string;
  from_state: AlertState | null;
  to_state: AlertState;
  reason: string;
  /** Event time. */
  time: number;
  /** Wall clock. */
  at: number;
}

export interface IncidentRow {
  id: string;
  model: string;
  status: 'open' | 'acknowledged' | 'resolved';
  priority: 'P1' | 'P2' | 'P3';
  title: string;
  /** Event time at which the earliest alert began. */
  started_at: number;
  /** Event time of the last change. */
  last_at: number;
  /** Wall clock. */
  opened_at: number;
  resolved_at: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  verdict: string | null;
  /** Ranked causes, JSON as in contract/incident.ts. */
  causes: Json;
  updated_at: number;
}

/** An alert as it was in an incident; it may come back in a later one. */
export interface IncidentAlertRow {
  incident: string;
  alert: string;
  firing: Flag;
  /** Event time. */
  since: number;
  /** The worst it was: value, interval, n, threshold, baseline, reason. JSON. */
  peak: Json;
}

export interface IncidentEventRow {
  seq: Generated<number>;
  incident: string;
  at: number;
  kind:
    | 'opened'
    | 'alert_joined'
    | 'priority_raised'
    | 'acknowledged'
    | 'resolved'
    | 'reopened'
    | 'notified'
    | 'comment';
  actor: string;
  text: string;
}

export interface ChannelRow {
  id: string;
  name: string;
  kind: string;
  /** Options of the channel's kind, JSON; secrets inside are never returned by the API. */
  options: Json;
  enabled: Flag;
  created_at: number;
  updated_at: number;
}

export interface OutboxRow {
  id: string;
  channel: string;
  incident: string;
  event: 'opened' | 'priority_raised' | 'resolved' | 'test';
  payload: Json;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  next_at: number;
  last_error: string | null;
  created_at: number;
  delivered_at: number | null;
}

export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: 'viewer' | 'editor' | 'admin';
  created_at: number;
  disabled_at: number | null;
}

export interface SessionRow {
  /** SHA-256 of the cookie's secret. */
  hash: string;
  user: string;
  created_at: number;
  expires_at: number;
  last_seen_at: number;
}

export interface LoginLinkRow {
  hash: string;
  user: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface KeyRow {
  id: string;
  name: string;
  /** First characters, to recognise a key in a list. */
  prefix: string;
  hash: string;
  /** JSON array of scopes. */
  scopes: Json;
  created_by: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

export interface AuditRow {
  seq: number;
  at: number;
  actor: string;
  action: string;
  target: string;
  detail: Json;
  previous_hash: string;
  hash: string;
}

/** One row (id 1): the end of the chain. Its lock puts the writers of the audit log in line. */
export interface AuditHeadRow {
  id: number;
  seq: number;
  hash: string;
}

export interface IdempotencyRow {
  /** SHA-256 of actor, kind and Idempotency-Key. */
  id: string;
  body_hash: string;
  receipt: Json | null;
  created_at: ColumnType<number>;
}

export interface LeaseRow {
  name: string;
  holder: string;
  expires_at: number;
}

export interface SettingRow {
  key: string;
  value: Json;
}
