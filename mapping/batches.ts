import type { Label } from '../contract/label.ts';
import type { Prediction } from '../contract/prediction.ts';
import type { TableRow } from '../tables/table-row.ts';
import { labelOf, predictionOf } from './events.ts';
import { FittingFirst, type Placed } from './fitting-first.ts';
import type { Sending } from './plan.ts';

/** Rows a request, at most. */
export const BATCH = 1000;
/** Characters of its values and their names, about: with what JSON adds to them a request stays below what a server takes (16 MiB). */
export const BATCH_CHARACTERS = 4_000_000;

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
  sending: Pick<Sending, 'unsettled' | 'fits'>,
  unsettled: readonly string[] = sending.unsettled,
): AsyncGenerator<readonly Placed[]> {
  const order = new FittingFirst(unsettled, sending.fits, BATCH);
  let index = 0;
  let batch: Placed[] = [];
  let characters = 0;
  for await (const row of rows) {
    batch.push({ row, index: index++ });
    characters += charactersOf(row);
    if (batch.length < BATCH && characters < BATCH_CHARACTERS) continue;
    yield* requestsOf(order.next(batch));
    batch = [];
    characters = 0;
  }
  yield* requestsOf([...order.next(batch), ...order.rest()]);
}

/** Rows that go together, in as many requests as their size asks for: those that waited come on top. */
function* requestsOf(rows: readonly Placed[]): Generator<readonly Placed[]> {
  let begin = 0;
  let characters = 0;
  for (const [at, { row }] of rows.entries()) {
    characters += charactersOf(row);
    if (characters < BATCH_CHARACTERS && at + 1 < rows.length) continue;
    yield rows.slice(begin, at + 1);
    begin = at + 1;
    characters = 0;
  }
}

/** What a number takes, about. */
const NUMBER = 16;

function charactersOf(row: TableRow): number {
  let sum = 0;
  for (const name in row) {
    const cell = row[name];
    sum += name.length + sizeOf(cell);
  }
  return sum;
}

function sizeOf(cell: unknown): number {
  if (typeof cell === 'string') return cell.length;
  return typeof cell === 'object' && cell !== null ? JSON.stringify(cell).length : NUMBER;
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
