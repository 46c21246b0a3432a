import { isTooLarge } from '../../store/lake/in-parts.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { moment } from '../../store/lake/moment.ts';
import type { Fragment } from './condition.ts';
import { type Order, orderSql } from './order.ts';
import type { StoredRow } from './record.ts';

export interface WideQuestion {
  readonly table: string;
  readonly columns: string;
  readonly where: Fragment;
  readonly order: Order;
  readonly limit: number;
}

type Place = Pick<StoredRow, '_id' | '_time_ms'>;

/** Rows that are read at once: a megabyte each is the most that an event may have. */
const PIECE = 8;
/** Characters of rows after which the others are left to the next page. */
const ENOUGH = 16 * 1024 * 1024;

/**
 * The first rows of a question whose rows are so wide that the engine would hold too many of them at once: it first says
 * which they are, and gives them a few at a time, fewer where these are too many. Of rows of a megabyte there may be fewer than `limit`; `whole` says whether
 * these are all of the first `limit`. Errors: query_too_large, and those of the lake.
 */
export async function readWide(
  lake: Lake,
  { table, columns, where, order, limit }: WideQuestion,
): Promise<{ rows: StoredRow[]; whole: boolean }> {
  const places = await lake.query<Place>(
    `SELECT _id, toUnixTimestamp64Milli(_time) AS _time_ms FROM ${table} ${where.sql}
     ORDER BY ${orderSql(order)} LIMIT {limit:UInt64}`,
    { ...where.params, limit },
  );
  const rowsAt = (piece: readonly Place[]) => {
    const times = piece.map(({ _time_ms }) => Number(_time_ms));
    return lake.query<StoredRow>(
      `SELECT ${columns} FROM ${table}
       WHERE _time >= ${moment('first')} AND _time <= ${moment('last')} AND _id IN ({ids:Array(String)})`,
      { first: Math.min(...times), last: Math.max(...times), ids: piece.map(({ _id }) => _id) },
    );
  };
  const rows: StoredRow[] = [];
  let [read, size, most] = [0, 0, PIECE];
  while (read < places.length && size < ENOUGH) {
    const piece = places.slice(read, read + most);
    let found: StoredRow[];
    try {
      found = await rowsAt(piece);
    } catch (error) {
      if (!isTooLarge(error) || piece.length === 1) throw error;
      most = Math.ceil(piece.length / 2);
      continue;
    }
    read += piece.length;
    const byPlace = new Map(found.map((row) => [placeOf(row), row]));
    for (const place of piece) {
      const row = byPlace.get(placeOf(place));
      // Removed in between.
      if (row === undefined) continue;
      rows.push(row);
      size += JSON.stringify(row).length;
    }
  }
  return { rows, whole: read === places.length };
}

const placeOf = ({ _id, _time_ms }: Place) => `${_time_ms} ${_id}`;
