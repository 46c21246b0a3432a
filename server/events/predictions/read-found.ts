import { epochMs } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { isTooLarge } from '../../store/lake/in-parts.ts';
import type { QueryOptions } from '../../store/lake/lake.ts';
import { type Fragment, parseCondition } from './condition.ts';
import { type LabelSearch, type PredictionFilter, whereOf } from './filter.ts';
import { afterSql, firstOf, type Order, orderSql, type Place, placeColumns } from './order.ts';
import type { StoredRow } from './record.ts';
import { wholeRows } from './whole-rows.ts';
import { throughWindows, type Window } from './windows.ts';

/** What is searched. `range`: the event time that is gone through window by window, null where one statement asks all. */
export interface Asked {
  readonly table: string;
  readonly range: Window | null;
  readonly filter: (within: Partial<Window>) => Fragment[];
}

/**
 * A search by labels holds those of its range in memory: it goes through the range window by window, however many there
 * are. Without an end of its own the range is that of the stored predictions.
 */
export async function searchedRange(
  ctx: Pick<Ctx, 'lake'>,
  table: string,
  { from, to, where }: PredictionFilter,
  labels: LabelSearch,
): Promise<Window | null> {
  if (!where.some((text) => labels.columns.includes(parseCondition(text).column))) return null;
  const [stored] = await ctx.lake.query<{ first: number; last: number }>(
    `SELECT toUnixTimestamp64Milli(min(_time)) AS first, toUnixTimestamp64Milli(max(_time)) AS last FROM ${table}`,
  );
  const { first, last } = stored ?? { first: 0, last: 0 };
  return {
    from: from === undefined ? first : Math.max(first, Math.trunc(epochMs(from))),
    to: to === undefined ? last + 1 : Math.min(last + 1, Math.trunc(epochMs(to))),
  };
}

interface Select {
  readonly columns: string;
  readonly order: Order;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** Some of what fits, in its order. `more`: others come behind it. */
export interface Found {
  readonly rows: StoredRow[];
  readonly more: boolean;
}

/** Memory for whole rows at once: a block of every column of every part is read. Where that is not enough, places are looked for first, which takes little. */
const WHOLE_BYTES = 48 * 1024 * 1024;

/**
 * Predictions that fit, in their order, at most `limit` of those behind a place; fewer where they are very wide. Sorted by
 * a column every prediction of the range is looked at: of those only what the order needs is read, and of the ones that
 * are shown the rest.
 */
export async function readFound(
  ctx: Pick<Ctx, 'lake'>,
  { table, range, filter }: Asked,
  { columns, order, after, limit }: Select,
): Promise<Found> {
  const behind = after === undefined ? [] : [afterSql(order, after)];
  const byTime = order.type === 'time';
  const within = (read: string, window: Partial<Window> = {}, options: QueryOptions = {}) => {
    const where = whereOf([...filter(window), ...behind]);
    return ctx.lake.query<StoredRow>(
      `SELECT ${read} FROM ${table} ${where.sql} ORDER BY ${orderSql(order)} LIMIT {limit:UInt64}`,
      { ...where.params, limit: limit + 1 },
      options,
    );
  };
  const first = (rows: StoredRow[]): Found => ({ rows: rows.slice(0, limit), more: rows.length > limit });
  const ofPlaces = async (places: readonly StoredRow[]): Promise<Found> => {
    const { rows, whole } = await wholeRows(ctx, table, columns, places.slice(0, limit));
    return { rows, more: !whole || places.length > limit };
  };
  if (range === null) {
    try {
      if (byTime) return first(await within(columns, {}, { maxMemoryBytes: WHOLE_BYTES }));
    } catch (error) {
      if (!isTooLarge(error)) throw error;
    }
    return ofPlaces(await within(placeColumns(order)));
  }
  const read = byTime ? columns : placeColumns(order);
  let found: StoredRow[] = [];
  await throughWindows(behindIn(range, order, after), byTime ? order.direction : 'desc', async (window) => {
    found.push(...(await within(read, window)));
    if (!byTime) found = firstOf(found, order, limit + 1);
    return byTime && found.length > limit;
  });
  return byTime ? first(found) : ofPlaces(found);
}

/** The part of a range that is behind a place, in the order of time. */
function behindIn(range: Window, { type, direction }: Order, after: Place | undefined): Window {
  if (after === undefined || type !== 'time') return range;
  return direction === 'desc'
    ? { from: range.from, to: Math.min(range.to, after.time + 1) }
    : { from: Math.max(range.from, after.time), to: range.to };
}

/** Predictions that fit are counted exactly up to here; beyond it the answer is "more". */
export const MOST_COUNTED = 100_000;

/** How many fit. */
export async function countFound(
  ctx: Pick<Ctx, 'lake'>,
  { table, range, filter }: Asked,
): Promise<{ n: number; more: boolean }> {
  const most = MOST_COUNTED + 1;
  let n = 0;
  const within = async (window: Partial<Window>) => {
    const where = whereOf(filter(window));
    const [found] = await ctx.lake.query<{ n: number }>(
      `SELECT count() AS n FROM (SELECT 1 FROM ${table} ${where.sql} LIMIT {most:UInt64})`,
      { ...where.params, most: most - n },
    );
    n += Number(found?.n ?? 0);
    return n >= most;
  };
  if (range === null) await within({});
  else await throughWindows(range, 'desc', within);
  return { n: Math.min(n, MOST_COUNTED), more: n > MOST_COUNTED };
}
