import { TiltmeterError } from '../../contract/errors.ts';
import type { Table } from './table.ts';

/** Runs a statement over a table; what the engine cannot read is told with the table's name. */
export async function reading<Result>(
  table: Pick<Table, 'label'>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TiltmeterError('unreadable_table', `${table.label}: ${reason}`, { cause });
  }
}
