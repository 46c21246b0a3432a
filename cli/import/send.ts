import { createHash } from 'node:crypto';
import type { Receipt, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { TableRow } from '../../tables/table-row.ts';
import { type Fits, FittingFirst, type Placed } from './fitting-first.ts';
import { labelOf, predictionOf, type Target } from './mapping.ts';
import type { Place, Places } from './place.ts';
import type { Kind } from './understood.ts';

/** Rows a request. */
const BATCH = 1000;
/** Reasons that are told. */
const REASONS = 5;

export type Total = Omit<Receipt, 'rejected'>;

/** What became of the rows so far. */
export interface Summary {
  rows: number;
  predictions: Total;
  labels: Total;
  unreadable_lines: number;
  first_reasons: string[];
}

const NONE: Total = { received: 0, stored: 0, duplicates: 0, rejected_total: 0 };
export const nothingYet = (): Summary => ({
  rows: 0,
  predictions: NONE,
  labels: NONE,
  unreadable_lines: 0,
  first_reasons: [],
});

export interface Sending extends Target {
  readonly kind: Kind;
  /** Columns whose type the first value that is sent will set. */
  readonly unsettled: readonly string[];
  readonly fits: Fits;
}

/**
 * Sends the rows batch by batch, and keeps the place after each that was acknowledged: batches up to `from` are passed over.
 * @param summary is added to as receipts come.
 */
export async function sendAll(
  client: Tiltmeter,
  sending: Sending,
  rows: AsyncIterable<TableRow>,
  places: Places,
  from: Place | undefined,
  summary: Summary,
): Promise<void> {
  const unsettled = from?.unsettled ?? sending.unsettled;
  const order = new FittingFirst(unsettled, sending.fits, BATCH);
  let index = 0;
  let batches = 0;
  const next = async (placed: readonly Placed[]) => {
    if (++batches <= (from?.batches ?? 0)) return;
    await sendBatch(client, sending, placed, summary);
    places.keep({ batches, unsettled, summary });
  };
  let batch: Placed[] = [];
  for await (const row of rows) {
    batch.push({ row, index: index++ });
    if (batch.length < BATCH) continue;
    await next(order.next(batch));
    batch = [];
  }
  await next([...order.next(batch), ...order.rest()]);
}

async function sendBatch(
  client: Tiltmeter,
  sending: Sending,
  rows: readonly Placed[],
  summary: Summary,
): Promise<void> {
  if (rows.length === 0) return;
  const { kind } = sending;
  if (kind === 'predictions') {
    const events = rows.map(({ row, index }) => predictionOf(row, index, sending));
    note(summary, 'predictions', await client.predictions(events, repeatable(events)), rows);
  }
  const labelled = rows.flatMap((placed) => {
    const label = labelOf(placed.row, placed.index, sending, kind === 'labels');
    return label === undefined ? [] : [{ placed, label }];
  });
  if (labelled.length > 0) {
    const labels = labelled.map(({ label }) => label);
    const receipt = await client.labels(labels, repeatable(labels));
    note(
      summary,
      'labels',
      receipt,
      labelled.map(({ placed }) => placed),
    );
  }
  summary.rows += rows.length;
}

/** The same events at the same place of a file are one request, however often it is made; with another mapping they are others. */
function repeatable(events: readonly unknown[]): { readonly idempotencyKey: string } {
  return { idempotencyKey: `import-${createHash('sha256').update(JSON.stringify(events)).digest('hex')}` };
}

/** @param rows those that were sent, in their order. */
function note(summary: Summary, kind: Kind, receipt: Receipt, rows: readonly Placed[]): void {
  const { received, stored, duplicates, rejected_total } = summary[kind];
  summary[kind] = {
    received: received + receipt.received,
    stored: stored + receipt.stored,
    duplicates: duplicates + receipt.duplicates,
    rejected_total: rejected_total + receipt.rejected_total,
  };
  const room = REASONS - summary.first_reasons.length;
  for (const { index, code, message } of receipt.rejected.slice(0, Math.max(0, room))) {
    summary.first_reasons.push(`row ${rows[index]!.index + 1}: ${message} (${code})`);
  }
}
