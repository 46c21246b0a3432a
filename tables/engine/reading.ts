import { TiltmeterError } from '../../contract/errors.ts';
import { EngineFailure } from './engine.ts';
import { failureMeaning, isDefect, isRow } from './engine-failure.ts';

/** What a failure while reading is told with. */
export interface Read {
  /** How people know the table. */
  readonly label: string;
  /** Delimited text, for those who look for what is wrong with it. */
  readonly text?: { brokenRow(strict: boolean): Promise<string | null> };
}

/**
 * Runs a statement over a table; what the engine cannot read is told with the table's name.
 * @throws unreadable_table, or the engine's own error when no file causes it.
 */
export async function reading<Result>(table: Read, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    if (!(cause instanceof EngineFailure) || isDefect(cause.said)) throw cause;
    const place = isRow(cause.said) ? await table.text?.brokenRow(true) : null;
    throw new TiltmeterError('unreadable_table', `${table.label}: ${place ?? failureMeaning(cause.said)}`, {
      cause,
    });
  }
}
