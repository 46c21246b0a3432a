import type { Lake } from '../../store/lake/lake.ts';
import { moment } from '../../store/lake/moment.ts';
import type { Range } from './ranges.ts';

/** Ids of one statement, about. */
const PIECE = 50_000;
/** Stretches in which rows are counted at once. */
const SLOTS = 500;

const WITHIN = `_received_at >= ${moment('from')} AND _received_at < ${moment('to')}`;

/** Ids of a stretch. `done`: what came before `from` is all that is still missing. */
export interface Piece {
  readonly ids: readonly string[];
  readonly from: number;
  readonly done: boolean;
}

/**
 * The ids of a table that were received in a range, the newest first, in pieces of bounded size: rows are counted in 500
 * stretches, in each of which that holds too many in 500 again, and where one millisecond does, by the hash of their ids.
 */
export async function* readIds(
  lake: Pick<Lake, 'query'>,
  table: string,
  range: Range,
  piece = PIECE,
): AsyncGenerator<Piece> {
  const width = Math.max(1, Math.ceil((range.to - range.from) / SLOTS));
  const slots = await lake.query<{ slot: number; n: number }>(
    `SELECT intDiv(toUnixTimestamp64Milli(_received_at) - {from:Int64}, {width:Int64}) AS slot, count() AS n
     FROM ${table} WHERE ${WITHIN} GROUP BY slot ORDER BY slot DESC`,
    { from: range.from, to: range.to, width },
    { background: true },
  );
  let to = range.to;
  let rows = 0;
  for (const [i, { slot, n }] of slots.entries()) {
    const from = Math.max(range.from, range.from + slot * width);
    const end = Math.min(to, from + width);
    if (n > 2 * piece) {
      if (width === 1) yield* oneMillisecond(lake, table, { from, to: end }, Math.ceil(n / piece));
      else yield* readIds(lake, table, { from, to: end }, piece);
      [to, rows] = [from, 0];
      continue;
    }
    rows += n;
    const next = slots[i + 1];
    if (next !== undefined && rows + next.n <= piece && next.n <= 2 * piece) continue;
    yield { ids: await idsWithin(lake, table, { from, to }), from, done: true };
    [to, rows] = [from, 0];
  }
}

async function* oneMillisecond(
  lake: Pick<Lake, 'query'>,
  table: string,
  range: Range,
  parts: number,
): AsyncGenerator<Piece> {
  for (let part = 0; part < parts; part++) {
    const ids = await idsWithin(lake, table, range, 'AND cityHash64(_id) % {parts:UInt64} = {part:UInt64}', {
      parts,
      part,
    });
    yield { ids, from: range.from, done: part === parts - 1 };
  }
}

async function idsWithin(
  lake: Pick<Lake, 'query'>,
  table: string,
  { from, to }: Range,
  also = '',
  params: Record<string, number> = {},
): Promise<string[]> {
  // Ids hold no control characters, so one text with line feeds carries them all.
  const [row] = await lake.query<{ ids: string; n: number }>(
    `SELECT arrayStringConcat(groupArray(_id), '\\n') AS ids, count() AS n FROM ${table} WHERE ${WITHIN} ${also}`,
    { from, to, ...params },
    { background: true },
  );
  return row === undefined || row.n === 0 ? [] : row.ids.split('\n');
}
