import { Aside } from '../../tables/aside.ts';
import type { Table } from '../table/table.ts';
import type { WholeRows } from './sample.ts';
import { type RowsTold, tellOfRows } from './whole.ts';

/** Fewer values of both tables are looked at before a thread has begun. */
const FEWEST_VALUES = 100_000;
const ANSWERS = new URL('./answer-rows.ts', import.meta.url);

/**
 * A thread that looks through rows while columns are counted and judged; null where the tables are small.
 * @param idle one that has begun already.
 */
export function tellingThread(tables: readonly Table[], idle: Aside | null): Aside | null {
  const values = tables.reduce((sum, { roughRows, columns }) => sum + roughRows * columns.length, 0);
  if (values < FEWEST_VALUES) return null;
  const thread = idle ?? new Aside();
  thread.load(ANSWERS);
  return thread;
}

/** As `tellOfRows`, in the thread if there is one. */
export function toldOfRows(rows: WholeRows, thread: Aside | null): Promise<RowsTold> {
  const told = answer(rows, thread);
  // It is awaited later, and nothing else is to be lost by it before.
  told.catch(() => undefined);
  return told;
}

async function answer(rows: WholeRows, thread: Aside | null): Promise<RowsTold> {
  return thread === null ? tellOfRows(rows) : thread.answer(ANSWERS, rows);
}
