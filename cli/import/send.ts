import type { Label, Prediction, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { ImportSummary } from '../../contract/table.ts';
import { type Batch, batchesOf, eventsOf } from '../../mapping/batches.ts';
import type { Placed } from '../../mapping/fitting-first.ts';
import type { Sending } from '../../mapping/plan.ts';
import { noteReceipt, repeatableKey } from '../../mapping/summary.ts';
import type { TableRow } from '../../tables/table-row.ts';
import type { Place, Places } from './place.ts';

/**
 * Sends the rows batch by batch, and keeps the place after each that was acknowledged: batches up to `from` are passed over.
 * @param summary is added to as receipts come.
 * @param stop when it is aborted, the batch under way is the last.
 * @returns false when it was stopped before the end.
 */
export async function sendAll(
  client: Tiltmeter,
  sending: Sending,
  rows: AsyncIterable<TableRow>,
  places: Places,
  from: Place | undefined,
  summary: ImportSummary,
  stop?: AbortSignal,
): Promise<boolean> {
  const unsettled = from?.unsettled ?? sending.unsettled;
  let batches = 0;
  // One request at a time; while the server stores it the next rows are read.
  let underWay: Promise<void> | undefined;
  for await (const placed of batchesOf(rows, sending, unsettled)) {
    const sent = ++batches;
    if (sent <= (from?.batches ?? 0)) continue;
    const batch = eventsOf(placed, sending);
    await underWay;
    if (underWay !== undefined && stop?.aborted) return false;
    underWay = sendBatch(client, batch, summary).then(() =>
      places.keep({ batches: sent, unsettled, summary }),
    );
    // It is told when it is awaited.
    underWay.catch(() => {});
  }
  await underWay;
  return true;
}

async function sendBatch(client: Tiltmeter, batch: Batch, summary: ImportSummary): Promise<void> {
  const { rows, predictions, labels, labelled } = batch;
  const once = (events: readonly unknown[]) => ({ idempotencyKey: repeatableKey(events) });
  if (predictions.length > 0)
    note('predictions', await client.predictions(predictions as Prediction[], once(predictions)), rows);
  if (labels.length > 0) note('labels', await client.labels(labels as Label[], once(labels)), labelled);
  summary.rows += rows.length;

  function note(
    kind: 'predictions' | 'labels',
    receipt: Parameters<typeof noteReceipt>[2],
    of: readonly Placed[],
  ) {
    noteReceipt(
      summary,
      kind,
      receipt,
      of.map(({ index }) => index),
    );
  }
}
