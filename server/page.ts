import { TiltmeterError } from '../contract/errors.ts';

/**
 * One page of a list that was read with `limit + 1` rows: the cursor is the key of the last item shown.
 * Example: `pageFrom([1, 2, 3], 2, String)` → `{ items: [1, 2], next_cursor: '2' }`
 */
export function pageFrom<T>(
  rows: readonly T[],
  limit: number,
  key: (row: T) => string,
): { items: T[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next_cursor: rows.length > limit && last !== undefined ? key(last) : null };
}

/** A cursor that is a whole number. Errors: invalid_request. */
export function numericCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) throw new TiltmeterError('invalid_request', 'cursor is not one of a reply');
  return Number(cursor);
}
