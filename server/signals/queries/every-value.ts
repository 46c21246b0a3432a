import type { LakeParam } from '../../store/lake/lake.ts';
import { BY_MONTH, behind, KEY, type Known, type SignalRange, valuesIn } from './signal-range.ts';

/** One bucket of one series. */
export interface ValueRow {
  readonly kind: string;
  readonly metric: string;
  readonly monitor: string;
  readonly column: string;
  readonly segment: string;
  readonly version: string;
  readonly layer: string;
  readonly definition: string;
  readonly unit: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly threshold: number | null;
  readonly status: string;
}

/** What tells values apart, in their order. */
export const PLACE = [...KEY, 'time'] as const;

/** Every value of a range, series after series in order of time, from behind a place on. */
export function everyValue(
  range: SignalRange,
  { known, limit, after }: { known: Known; limit: number; after: readonly string[] | undefined },
) {
  const source = valuesIn(range, known);
  const place = after && behind(PLACE, after);
  const params: Record<string, LakeParam> = { ...source.params, ...place?.params, limit };
  const sql = `SELECT ${KEY.join(', ')}, layer, definition, unit, toUnixTimestamp64Milli(time) AS at,
  value, low, high, n, threshold, status
${source.from} ${place ? `AND ${place.sql}` : ''}
ORDER BY ${PLACE.join(', ')} LIMIT {limit:UInt64} ${BY_MONTH}`;
  return { sql, params };
}
