import { TiltmeterError } from '../../contract/errors.ts';

/** Where a page ended, as the text that the next request brings back. */
export function writeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place of a cursor, a text for each of `names`; the time is epoch milliseconds. Errors: invalid_request. */
export function readCursor(cursor: string, names: readonly string[]): readonly string[] {
  const place = parsed(cursor);
  const isPlace =
    Array.isArray(place) &&
    place.length === names.length &&
    place.every((part, i) => typeof part === 'string' && (names[i] !== 'time' || /^\d{1,15}$/.test(part)));
  if (!isPlace) throw new TiltmeterError('invalid_request', 'cursor is not one of a reply');
  return place;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
