/** Where the cells of a delimited text lie in its bytes, row by row. */
export interface Cells {
  /** The text as UTF-8, with a line end behind its last byte. */
  readonly bytes: Buffer;
  /** The first byte of each cell, `width` for a row; ABSENT where a row has too few. */
  readonly starts: Uint32Array;
  readonly rows: number;
  readonly width: number;
  readonly delimiter: number;
}

/** The start of a cell that its row lacks. */
export const ABSENT = 0xffffffff;

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** What is to be known before the cells can be found. */
export interface CellsLayout {
  readonly delimiter: number;
  readonly width: number;
  /** The first row holds the names. */
  readonly header: boolean;
  /** So many rows are expected; there may be more. */
  readonly rows: number;
}

/** Marks of the bytes at which something happens: the loop over the others is what takes the time. */
function special(delimiter: number): Uint8Array {
  const marks = new Uint8Array(256);
  for (const byte of [QUOTE, LINE_FEED, RETURN, delimiter]) marks[byte] = 1;
  return marks;
}

/**
 * Finds the cells of several texts of one layout that lie behind each other, in one pass. Null when a text is not as
 * RFC 4180 has it: a quote within a field, text behind a closing one, one that is never closed, a lone carriage return.
 * Blank lines are no rows, save in a table of one column, before its end.
 * @param texts where each text ends in `bytes`; behind it stands a line feed.
 */
export function cellsOf(bytes: Buffer, texts: readonly number[], layout: CellsLayout): Cells | null {
  const { delimiter, width } = layout;
  const marks = special(delimiter);
  let starts = new Uint32Array(Math.max(1, Math.ceil(layout.rows)) * width);
  let rows = 0;
  let at = 0;
  for (const end of texts) {
    if (BYTE_ORDER_MARK.every((byte, i) => bytes[at + i] === byte)) at += 3;
    let header = layout.header;
    let blankSince = rows;
    while (at < end) {
      const base = rows * width;
      if (base + width > starts.length) {
        const larger = new Uint32Array(Math.ceil(1.3 * starts.length) + width);
        larger.set(starts);
        starts = larger;
      }
      let column = 0;
      const first = at;
      for (;;) {
        if (column < width) starts[base + column] = at;
        column++;
        if (bytes[at] === QUOTE) {
          at = behindQuote(bytes, at + 1, end);
          if (at < 0 || marks[bytes[at]!] === 0) return null;
        } else while (marks[bytes[at]!] === 0) at++;
        const byte = bytes[at]!;
        if (byte === delimiter) {
          at++;
          continue;
        }
        if (byte === QUOTE) return null;
        if (byte === RETURN && bytes[++at] !== LINE_FEED) return null;
        at++;
        break;
      }
      if (header) {
        header = false;
        continue;
      }
      const blank = column === 1 && isBlank(bytes, first, at, width > 1);
      if (blank && width > 1) continue;
      if (column < width) starts.fill(ABSENT, base + column, base + width);
      rows++;
      if (!blank) blankSince = rows;
    }
    if (width === 1) rows = blankSince;
    at = end + 1;
  }
  return { bytes, starts: starts.subarray(0, rows * width), rows, width, delimiter };
}

/** The place behind the quote that closes a field; −1 when none does. */
function behindQuote(bytes: Buffer, from: number, end: number): number {
  let at = from;
  for (;;) {
    while (at < end && bytes[at] !== QUOTE) at++;
    if (at >= end) return -1;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at += 2;
  }
}

/** Whether a line holds blanks alone. @param quotes a pair of quotes with blanks between counts as well. */
function isBlank(bytes: Buffer, from: number, to: number, quotes: boolean): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte !== 32 && byte !== 9 && byte !== LINE_FEED && byte !== RETURN && !(quotes && byte === QUOTE))
      return false;
  }
  return true;
}
