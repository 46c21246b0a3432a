import type { Label } from '../contract/label.ts';
import type { Prediction } from '../contract/prediction.ts';
import type { TableRow } from '../tables/table-row.ts';
import { labelOf, predictionOf } from './events.ts';
import { FittingFirst, type Placed } from './fitting-first.ts';
import type { Sending } from './plan.ts';

/** Rows a request. */
export const BATCH = 1000;

/** Events that are sent together, each with the row that it was made of. */
export interface Batch {
  readonly rows: readonly Placed[];
  readonly predictions: readonly Prediction[];
  readonly labels: readonly Label[];
  /** The rows of the labels, in their order. */
  readonly labelled: readonly Placed[];
}

/**
 * The rows in the batches in which they are sent, the same ones every time: rows that would set a wrong type wait for one
 * that sets the right one. @param unsettled columns whose type was not settled when the import began.
 */
export async function* batchesOf(
  rows: AsyncIterable<TableRow>,
  sending: Sending,
  unsettled: readonly string[] = sending.unsettled,
): AsyncGenerator<readonly Placed[]> {
  const order = new FittingFirst(unsettled, sending.fits, BATCH);
  let index = 0;
  let batch: Placed[] = [];
  for await (const row of rows) {
    batch.push({ row, index: index++ });
    if (batch.length < BATCH) continue;
    yield order.next(batch);
    batch = [];
  }
  yield [...order.next(batch), ...order.rest()];
}

/** The events that rows become. */
export function eventsOf(rows: readonly Placed[], sending: Sending): Batch {
  const onlyLabels = sending.use === 'labels';
  const predictions = onlyLabels ? [] : rows.map(({ row, index }) => predictionOf(row, index, sending));
  const found = rows.flatMap((placed) => {
    const label = labelOf(placed.row, placed.index, sending, onlyLabels);
    return label === undefined ? [] : [{ placed, label }];
  });
  return {
    rows,
    predictions,
    labels: found.map(({ label }) => label),
    labelled: found.map(({ placed }) => placed),
  };
}
