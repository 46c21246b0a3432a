import { createHash } from 'node:crypto';
import type { Receipt } from '../contract/receipt.ts';
import type { ImportSummary, ImportTotal } from '../contract/table.ts';

/** Reasons that are told. */
const REASONS = 5;

const NONE: ImportTotal = { received: 0, stored: 0, duplicates: 0, rejected_total: 0 };

export const nothingYet = (): ImportSummary => ({
  rows: 0,
  predictions: NONE,
  labels: NONE,
  unreadable_lines: 0,
  dropped_features: 0,
  warnings: [],
  first_reasons: [],
});

/** The same events at the same place of a file are one request, however often it is made; with another mapping they are others. */
export function repeatableKey(events: readonly unknown[]): string {
  return `import-${createHash('sha256').update(JSON.stringify(events)).digest('hex')}`;
}

/**
 * Adds a receipt. That of a request which was made before tells what was stored then: now all of it was known already.
 * @param rows places in the table of what was sent, in their order.
 */
export function noteReceipt(
  summary: ImportSummary,
  kind: 'predictions' | 'labels',
  receipt: Receipt & { readonly repeated?: boolean },
  rows: readonly number[],
): void {
  const { received, stored, duplicates, rejected_total } = summary[kind];
  const now = receipt.repeated ? 0 : receipt.stored;
  summary[kind] = {
    received: received + receipt.received,
    stored: stored + now,
    duplicates: duplicates + receipt.duplicates + receipt.stored - now,
    rejected_total: rejected_total + receipt.rejected_total,
  };
  summary.dropped_features = summary.dropped_features + (receipt.dropped_features ?? 0);
  summary.warnings = (receipt.warnings ?? []).reduce(withKind, summary.warnings);
  const room = REASONS - summary.first_reasons.length;
  for (const { index, code, message } of receipt.rejected.slice(0, Math.max(0, room)))
    summary.first_reasons.push(`row ${rows[index]! + 1}: ${message} (${code})`);
}

/** Sentences of batches differ in their numbers: one of each kind is enough. */
function withKind(told: readonly string[], sentence: string): string[] {
  const kind = (text: string) => text.replace(/[\d,.]+/g, '');
  const known = told.length >= REASONS || told.some((each) => kind(each) === kind(sentence));
  return known ? [...told] : [...told, sentence];
}
