import type { ImportanceRow } from '../../store/ledger/schema.ts';
import { ENOUGH_ROWS } from './surrogate.ts';

/** What is known of the last try. */
export type Learned = Pick<ImportanceRow, 'tried_at' | 'rows' | 'predictions'>;

/** Rows looked at: a few thousand rank columns as well as millions do. */
export const ROWS = 5_000;
/** Learned anew when a model's importance is older than this. */
const STALE_MS = 7 * 86_400_000;
/** Not more often than this, however fast a young model grows. */
const LEAST_MS = 60_000;

/**
 * Whether there is something new to learn of a model that has so many predictions: the first time as soon as there are
 * enough; from fewer rows than wanted again when there are twice as many; then once a week. A model that got nothing
 * since costs nothing.
 */
export function due(predictions: number, learned: Learned | undefined, now: number): boolean {
  if (predictions < ENOUGH_ROWS) return false;
  if (learned === undefined) return true;
  if (predictions <= learned.predictions) return false;
  const age = now - learned.tried_at;
  if (age >= STALE_MS) return true;
  return learned.rows < ROWS && predictions >= 2 * learned.predictions && age >= LEAST_MS;
}
