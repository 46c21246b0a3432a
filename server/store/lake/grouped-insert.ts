import { setTimeout as sleep } from 'node:timers/promises';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { InsertBatch, Lake } from './lake.ts';

interface Waiting<Row> {
  readonly rows: readonly Row[];
  readonly stored: () => void;
  readonly failed: (error: unknown) => void;
}

/** Rows of one insert, about. */
const ROWS = 50_000;
/** When so many hand something over in a second, an insert waits for so long for more. */
const MANY = 6;
const GATHER_MS = 200;

/**
 * Inserts into one table for work in the background: what is handed over while an insert runs goes with the next one, so
 * that a thousand models that have a few rows each make a few dozen inserts. Resolves when the rows are stored. What
 * cannot be stored for a reason of its own fails nobody else's.
 * Example: `const store = groupedInserts((rows: readonly Row[]) => batchOf(rows)); await store(lake, rows);`
 */
export function groupedInserts<Row>(batchOf: (rows: readonly Row[]) => InsertBatch) {
  const groups = new WeakMap<object, (rows: readonly Row[]) => Promise<void>>();
  return (lake: Pick<Lake, 'insert'>, rows: readonly Row[]): Promise<void> => {
    const store = groups.get(lake) ?? group(lake, batchOf);
    groups.set(lake, store);
    return store(rows);
  };
}

function group<Row>(lake: Pick<Lake, 'insert'>, batchOf: (rows: readonly Row[]) => InsertBatch) {
  const waiting: Waiting<Row>[] = [];
  let running = false;
  /** When something was handed over, in the last second. */
  const handed: number[] = [];
  const insert = async (rows: readonly Row[]) => lake.insert(batchOf(rows), { background: true });

  async function together(some: readonly Waiting<Row>[]): Promise<void> {
    try {
      await insert(some.flatMap(({ rows }) => rows));
      for (const { stored } of some) stored();
    } catch (error) {
      if (some.length === 1 || !isOfRows(error)) for (const { failed } of some) failed(error);
      else for (const one of some) await insert(one.rows).then(one.stored, one.failed);
    }
  }

  async function drain(): Promise<void> {
    running = true;
    // what is handed over in the same turn of the event loop goes together
    await Promise.resolve();
    while (waiting.length > 0) {
      if (busy()) await sleep(GATHER_MS);
      let [count, size] = [0, 0];
      while (count < waiting.length && (count === 0 || size + waiting[count]!.rows.length <= ROWS))
        size += waiting[count++]!.rows.length;
      await together(waiting.splice(0, count));
    }
    running = false;
  }

  /** Whether many hand over just now. */
  function busy(): boolean {
    const since = performance.now() - 1_000;
    while (handed.length > 0 && handed[0]! < since) handed.shift();
    return handed.length >= MANY;
  }

  return (rows: readonly Row[]): Promise<void> => {
    if (rows.length === 0) return Promise.resolve();
    handed.push(performance.now());
    return new Promise((stored, failed) => {
      waiting.push({ rows, stored, failed });
      if (!running) void drain();
    });
  };
}

/** Whether other rows might have been stored: the store is there, and has room. */
function isOfRows(error: unknown): boolean {
  if (!(error instanceof TiltmeterError)) return true;
  return error.code === 'internal' || error.code === 'query_too_large';
}
