import type { PredictionRecord } from '../../api/types.ts';
import { NOTHING } from '../../number/format.ts';

/** A feature of a record; what did not fit its column's type as it was sent. */
export function featureOf(record: PredictionRecord, column: string): PredictionRecord['features'][string] {
  return record.features[column] ?? record.misfit[column] ?? null;
}

/** `valueText(0.123456)` → `0.123456`, never more than six digits; whole numbers and texts as they are; `–` when missing. */
export function valueText(value: number | string | boolean | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return String(value);
}
