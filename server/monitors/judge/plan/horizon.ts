import type { ModelRow } from '../../../store/ledger/schema.ts';

const DAY = 86_400_000;
const PARTS = 7;

/** How far back decisions are judged again when values change, and how often a place to begin from is kept. */
export interface Horizon {
  readonly horizonMs: number;
  readonly everyMs: number;
}

/** A week, or two windows of the model; older buckets get new values, but nothing is decided about them any more. */
export function horizonOf({ bucket_ms, window_ms }: Pick<ModelRow, 'bucket_ms' | 'window_ms'>): Horizon {
  const horizonMs = Math.max(7 * DAY, 2 * window_ms);
  return { horizonMs, everyMs: Math.ceil(horizonMs / PARTS / bucket_ms) * bucket_ms };
}
