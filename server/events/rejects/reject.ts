import { Batch } from '../columns/batch.ts';
import { category, text, time } from '../columns/common.ts';

/** A refused event as it is kept. */
export interface StoredReject {
  readonly id: string;
  readonly receivedAt: number;
  readonly kind: string;
  readonly model: string;
  readonly code: string;
  readonly message: string;
  readonly raw: string;
  /** Epoch ms; null until it was sent again and stored. */
  readonly replayedAt: number | null;
}

/** Rejects replace each other by received_at and id. */
export function rejectBatch(): Batch {
  return new Batch('tiltmeter.rejects');
}

export function addReject(batch: Batch, reject: StoredReject): void {
  const at = batch.rows;
  batch.addId(reject.id);
  batch.column('id', text).set(at, reject.id);
  batch.column('received_at', time).set(at, reject.receivedAt);
  batch.column('kind', category).set(at, reject.kind);
  batch.column('model', category).set(at, reject.model);
  batch.column('code', category).set(at, reject.code);
  batch.column('message', category).set(at, reject.message);
  batch.column('raw', text).set(at, reject.raw);
  const replayed = batch.column('replayed_at', time);
  if (reject.replayedAt !== null) replayed.set(at, reject.replayedAt);
}
