import type { ColumnType } from 'kysely';
import type { Json } from './values.ts';

export interface IdempotencyRow {
  /** SHA-256 of actor, kind and Idempotency-Key. */
  id: string;
  body_hash: string;
  receipt: Json | null;
  created_at: ColumnType<number>;
}

/** Up to which stamp (`received_at`) a model may have rows. */
export interface ArrivalRow {
  model: string;
  kind: 'predictions' | 'labels' | 'outcomes' | 'profiles';
  newest: number;
}
