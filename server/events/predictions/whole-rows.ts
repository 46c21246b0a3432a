import type { Ctx } from '../../context.ts';
import { isTooLarge } from '../../store/lake/in-parts.ts';
import { momentOf } from '../../store/lake/moment.ts';
import type { StoredRow } from './record.ts';

type Place = Pick<StoredRow, '_id' | '_time_ms'>;

/** Rows that are read at once where all together are too many: a megabyte each is the most that an event may have. */
const PIECE = 8;
/** Characters of such rows after which the others are left to the next page. */
const ENOUGH = 16 * 1024 * 1024;

/**
 * The rows of these places, in their order; one that was removed meanwhile is absent. Where they are so wide that the engine
 * would hold too many of them at once they are read a few at a time, and may be fewer: `whole` says whether these are all.
 * Errors: query_too_large when one row is too much.
 */
export async function wholeRows(
  ctx: Pick<Ctx, 'lake'>,
  table: string,
  columns: string,
  places: readonly Place[],
): Promise<{ rows: StoredRow[]; whole: boolean }> {
  const rows: StoredRow[] = [];
  let [read, size, most] = [0, 0, Math.max(1, places.length)];
  while (read < places.length && size < ENOUGH) {
    const piece = places.slice(read, read + most);
    try {
      rows.push(...(await rowsAt(ctx, table, columns, piece)));
    } catch (error) {
      if (!isTooLarge(error) || piece.length === 1) throw error;
      most = Math.min(PIECE, Math.ceil(piece.length / 2));
      continue;
    }
    read += piece.length;
    if (read < places.length) size += JSON.stringify(rows.slice(-piece.length)).length;
  }
  return { rows, whole: read >= places.length };
}

async function rowsAt(
  { lake }: Pick<Ctx, 'lake'>,
  table: string,
  columns: string,
  places: readonly Place[],
): Promise<StoredRow[]> {
  const rows = await lake.query<StoredRow>(
    `SELECT ${columns} FROM ${table}
WHERE _time IN (arrayMap(ms -> ${momentOf('ms')}, {times:Array(Int64)})) AND _id IN {ids:Array(String)}`,
    { times: [...new Set(places.map(({ _time_ms }) => _time_ms))], ids: places.map(({ _id }) => _id) },
  );
  // an id that came again after the horizon may be there twice
  const waiting = Map.groupBy(rows, placeKey);
  return places.flatMap((place) => waiting.get(placeKey(place))?.shift() ?? []);
}

const placeKey = ({ _id, _time_ms }: Place) => `${_time_ms} ${_id}`;
