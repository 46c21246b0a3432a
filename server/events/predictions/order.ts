import { TiltmeterError } from '../../../contract/errors.ts';
import { isMoment } from '../../../contract/time.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { moment } from '../../store/lake/moment.ts';
import type { Fragment, SearchColumn } from './condition.ts';
import type { StoredRow } from './record.ts';

/** In which order predictions are listed; where they are equal, the newest first. */
export interface Order {
  readonly column: string;
  readonly type: SearchColumn | 'time';
  readonly direction: 'asc' | 'desc';
}

export const NEWEST_FIRST: Order = { column: '_time', type: 'time', direction: 'desc' };

/**
 * `_score:desc` as an order; newest first when absent. `typeOf` knows the columns that may be named.
 * Errors: invalid_request.
 */
export function orderOf(
  text: string | undefined,
  typeOf: (column: string) => SearchColumn | undefined,
): Order {
  if (text === undefined) return NEWEST_FIRST;
  const [, column, direction] = /^(.+):(asc|desc)$/s.exec(text) ?? [];
  if (column === undefined)
    throw new TiltmeterError('invalid_request', 'sort must be column:asc or column:desc');
  const type = column === '_time' ? 'time' : typeOf(column);
  if (type === undefined) throw new TiltmeterError('invalid_request', `sort: there is no column ${column}`);
  return { column, type, direction: direction as Order['direction'] };
}

/** The list behind ORDER BY. What has no value comes last either way. */
export function orderSql({ column, type, direction }: Order): string {
  const way = direction.toUpperCase();
  if (type === 'time') return `_time ${way}, _id ${way}`;
  return `${columnName(column)} ${way} NULLS LAST, _time DESC, _id DESC`;
}

/** What a list that is sorted by a column needs of each row to be in order, as a SELECT list. */
export function placeColumns({ column }: Order): string {
  const names = new Set(['_id', 'toUnixTimestamp64Milli(_time) AS _time_ms', columnName(column)]);
  return [...names].join(', ');
}

/** Where a page ended: the value of the column that sorts, the time and the id of its last row. */
export interface Place {
  readonly value: number | string | null;
  readonly time: number;
  readonly id: string;
}

/** The first `limit` of rows of several answers, as `orderSql` orders them by a column that is not the time. Pure. */
export function firstOf(
  rows: readonly StoredRow[],
  { column, direction }: Order,
  limit: number,
): StoredRow[] {
  const sign = direction === 'asc' ? 1 : -1;
  const byValue = (a: unknown, b: unknown) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === 'number' ? a - (b as number) : bytes(a as string, b as string));
  };
  const order = (a: StoredRow, b: StoredRow) =>
    byValue(a[column] ?? null, b[column] ?? null) || b._time_ms - a._time_ms || bytes(b._id, a._id);
  return [...rows].sort(order).slice(0, limit);
}

/** As the engine compares texts. */
const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Rows behind a place, in the order of the list. The first condition alone lets the engine skip by its key. */
export function afterSql({ column, type, direction }: Order, { value, time, id }: Place): Fragment {
  const [before, way] = direction === 'desc' ? ['<=', '<'] : ['>=', '>'];
  const at = moment('after');
  const params = { after: time, after_id: id };
  if (type === 'time')
    return { sql: `_time ${before} ${at} AND (_time ${way} ${at} OR _id ${way} {after_id:String})`, params };
  const name = columnName(column);
  const tie = `(_time < ${at} OR (_time = ${at} AND _id < {after_id:String}))`;
  if (value === null) return { sql: `(${name} IS NULL AND ${tie})`, params };
  const bound = `{after_value:${isNumber(type) ? 'Float64' : 'String'}}`;
  return {
    sql: `(${name} ${way} ${bound} OR ${name} IS NULL OR (${name} = ${bound} AND ${tie}))`,
    params: { ...params, after_value: value },
  };
}

/** `cursorOf(0, 'a')` is a text that `readCursor` reads; a list by time alone needs no value. */
export function cursorOf(time: number, id: string, value?: Place['value']): string {
  const place = value === undefined ? [time, id] : [time, id, value];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place that a cursor names. Errors: invalid_request. */
export function readCursor(cursor: string, type: Order['type'] = 'time'): Place {
  try {
    const [time, id, value = null] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (Number.isSafeInteger(time) && isMoment(time as number) && typeof id === 'string' && fits(value, type))
      return { time: time as number, id, value: value as Place['value'] };
  } catch {}
  throw new TiltmeterError('invalid_request', 'cursor is not one of a reply');
}

function fits(value: unknown, type: Order['type']): boolean {
  if (value === null) return true;
  return isNumber(type) ? Number.isFinite(value) : type !== 'time' && typeof value === 'string';
}

/** Codes are sorted as the numbers that they are. */
const isNumber = (type: Order['type']) => type === 'numeric' || type === 'codes';
