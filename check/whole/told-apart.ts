import type { CheckMultivariate } from '../../contract/check.ts';
import { Aside } from '../../tables/aside.ts';
import type { Table } from '../table/table.ts';
import { NOT_COMPARED, tellApart } from './classifier.ts';
import type { WholeRows } from './sample.ts';

/** Fewer values of both tables are looked at before a thread has begun. */
const FEWEST_VALUES = 100_000;

/** A thread that tells rows apart while columns are judged; null where the tables are small. */
export function tellingThread(tables: readonly Table[]): Aside | null {
  const values = tables.reduce((sum, { roughRows, columns }) => sum + roughRows * columns.length, 0);
  return values < FEWEST_VALUES ? null : new Aside(new URL('./classifier-thread.ts', import.meta.url));
}

/**
 * Whether the rows as a whole can be told apart, in the thread if there is one.
 * @param rows null where they are not to be compared, for `reason`.
 */
export function toldApart(
  rows: WholeRows | null,
  reason: string | null,
  thread: Aside | null,
): Promise<CheckMultivariate> {
  const told = answer(rows, reason, thread);
  // It is awaited later, and nothing else is to be lost by it before.
  told.catch(() => undefined);
  return told;
}

async function answer(
  rows: WholeRows | null,
  reason: string | null,
  thread: Aside | null,
): Promise<CheckMultivariate> {
  if (rows === null) return { ...NOT_COMPARED, ...(reason === null ? {} : { reason }) };
  return thread === null ? tellApart(rows) : thread.answer(rows);
}
