import type { PredictionRecord } from '../../api/types.ts';
import { NOTHING } from '../../number/format.ts';
import { own } from '../../own.ts';

/** A feature of a record; what did not fit its column's type as it was sent. */
export function featureOf(record: PredictionRecord, column: string): PredictionRecord['features'][string] {
  return own(record.features, column) ?? own(record.misfit, column) ?? null;
}

/** `valueText(0.123456)` → `0.123456`, never more than six digits; whole numbers and texts as they are; `–` when missing. */
export function valueText(value: number | string | boolean | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return String(value);
}

/** What was true, in words; of a ranking the items that were relevant, the most relevant first, graded as they were. `a (3), b (1)` */
export function labelText(label: PredictionRecord['label'] | undefined): string {
  if (label?.items == null) return valueText(label?.value);
  const relevant = label.items.filter(({ relevance }) => relevance > 0);
  if (relevant.length === 0) return 'nothing relevant';
  const graded = relevant.some(({ relevance }) => relevance !== 1);
  return relevant
    .map(({ item, relevance }) => (graded ? `${item} (${valueText(relevance)})` : item))
    .join(', ');
}

/** At most this many values are offered. */
const OFFERED = 20;

/** Values of a column, or of a tag, among some records: what is likely to be asked for, the most frequent first. */
export function suggestions(records: readonly PredictionRecord[], column: string): string[] {
  const counts = new Map<string, number>();
  for (const record of records) {
    const value = fieldOf(record, column);
    if (value === null || value === '') continue;
    counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, OFFERED)
    .map(([value]) => value);
}

/** What a filter's column is of a record. */
function fieldOf(record: PredictionRecord, column: string): number | string | boolean | null {
  if (column.startsWith('_tags.')) return own(record.tags, column.slice('_tags.'.length)) ?? null;
  switch (column) {
    case '_prediction':
      return record.prediction;
    case '_label':
      return record.label?.value ?? null;
    case '_version':
      return record.version;
    case '_variant':
      return record.variant;
    case '_error':
      return record.error;
    default:
      return column.startsWith('_') ? null : (own(record.features, column) ?? null);
  }
}
