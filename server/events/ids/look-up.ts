import { TiltmeterError } from '../../../contract/errors.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { moment } from '../../store/lake/moment.ts';

/** Ids of one statement. */
const LOOK_UP = 5_000;

/** Where an id may lie that is perhaps known: in rows with a stamp in `[from, to)`. */
export interface Doubt {
  readonly from: number;
  readonly to?: number | undefined;
  /** It was seen here, so it may also be under way. */
  readonly seen: boolean;
}

export interface Columns {
  readonly table: string;
  readonly id: string;
  readonly stamp: string;
}

/** Those of the ids that the lake has in rows of that time. Errors: store_unavailable. */
export async function lookUp(
  lake: Pick<Lake, 'query'>,
  { table, id, stamp }: Columns,
  { from, to }: Pick<Doubt, 'from' | 'to'>,
  ids: readonly string[],
): Promise<Set<string>> {
  const before = to === undefined ? '' : `AND ${stamp} < ${moment('to')}`;
  const found = new Set<string>();
  for (let i = 0; i < ids.length; i += LOOK_UP) {
    const some = ids.slice(i, i + LOOK_UP);
    const rows = await asked(() =>
      lake.query<{ id: string }>(
        `SELECT ${id} AS id FROM ${table}
         WHERE ${stamp} >= ${moment('from')} ${before} AND ${id} IN ({ids:Array(String)})`,
        { from, ids: some, ...(to === undefined ? {} : { to }) },
      ),
    );
    for (const row of rows) found.add(row.id);
  }
  return found;
}

async function asked<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    // A sender can do nothing about a question that it did not ask: for it the store is busy.
    if (!(error instanceof TiltmeterError) || error.code !== 'query_too_large') throw error;
    throw new TiltmeterError('store_unavailable', undefined, { retryAfter: 2, cause: error });
  }
}
