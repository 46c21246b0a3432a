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
  /** Hex: with `key_id` an HMAC under that key, else a plain SHA-256. */
  hash: string;
  key_id: string | null;
}

export interface AuditHeadRow {
  id: number;
  seq: number;
  hash: string;
  /** Of the secret key that the ledger is under; empty before there was one. */
  key_id: string;
}
