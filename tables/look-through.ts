import { TiltmeterError } from '../contract/errors.ts';
import type { RowTable } from './open-rows.ts';
import { type RowsSurvey, surveyRows } from './survey-rows.ts';
import type { TableRow } from './table-row.ts';

/** Rows that are kept to look at. */
const SAMPLE = 50;

export interface LookedThroughTable {
  readonly survey: RowsSurvey;
  /** The first rows. */
  readonly sample: readonly TableRow[];
  /** Lines that could not be read. */
  readonly unread: number;
}

/**
 * Reads a table once, in bounded memory: what is in its columns, and its first rows. Errors: unreadable_table when it has none.
 * @param passed is told of the bytes read so far.
 */
export async function lookThrough(
  table: RowTable,
  passed?: (bytes: number) => void,
): Promise<LookedThroughTable> {
  const sample: TableRow[] = [];
  async function* kept() {
    for await (const row of table.rows(passed)) {
      if (sample.length < SAMPLE) sample.push(row);
      yield row;
    }
  }
  const survey = await surveyRows(kept(), table.stored);
  if (survey.rows === 0)
    throw new TiltmeterError('unreadable_table', `${table.files[0]}: has no rows, at most a header`);
  return { survey, sample, unread: table.unread.length };
}
