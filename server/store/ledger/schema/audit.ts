import type { Json } from './values.ts';

export interface AuditRow {
  seq: number;
  at: number;
  /** `user:ada@example.org`: the kind and name of who acted. */
  actor: string;
  /** Its id, which no two share; null in entries from before ids were kept. */
  actor_id: string | null;
  action: string;
  target: string;
  detail: Json;
  previous_hash: string;
  hash: string;
}

export interface AuditHeadRow {
  id: number;
  seq: number;
  hash: string;
}
