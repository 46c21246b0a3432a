/** Delimited text and where its rows begin. */
export interface Cells {
  /** The text as UTF-8, with a line end behind its last byte. */
  readonly bytes: Buffer;
  /** The first byte of each row. */
  readonly rowStarts: Uint32Array;
  readonly delimiter: number;
}

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;
const BLANK = 32;
const TAB = 9;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Marks of the bytes at which something happens: the loop over the others is what takes the time. */
export function marksOf(delimiter: number): Uint8Array {
  const marks = new Uint8Array(256);
  for (const byte of [QUOTE, LINE_FEED, RETURN, delimiter]) marks[byte] = 1;
  return marks;
}

/** What takes the cells of one column, row by row. */
export interface CellReader {
  /** Takes the cell that begins at `from`; gives the place behind it, −1 where it is not as RFC 4180 has it. */
  take(row: number, from: number): number;
  /** A row lacks the cell. */
  lack(row: number): void;
}

/** What is to be known of the text before it can be read. */
export interface RowsLayout {
  readonly delimiter: number;
  /** The first row holds the names. */
  readonly header: boolean;
}

/**
 * Hands the cells of several texts of one layout, which lie behind each other, to the readers of their columns, in one pass. Gives
 * the number of rows; null when a text is not as RFC 4180 has it: a quote within a field, text behind a closing one, one that is never closed, a
 * lone carriage return. Blank lines are no rows, save in a table of one column, before its end.
 * @param texts where each text ends in `bytes`; behind it stands a line feed.
 * @param rowStarts takes the first byte of each row: as many as there are line feeds are enough.
 */
export function readRows(
  bytes: Buffer,
  texts: readonly number[],
  { delimiter, header }: RowsLayout,
  columns: readonly CellReader[],
  rowStarts: Uint32Array,
): number | null {
  const marks = marksOf(delimiter);
  const width = columns.length;
  let rows = 0;
  let at = 0;
  for (const end of texts) {
    if (BYTE_ORDER_MARK.every((byte, i) => bytes[at + i] === byte)) at += 3;
    let above = header;
    let blankSince = rows;
    while (at < end) {
      const first = at;
      const blank = above ? -1 : behindBlankLine(bytes, at, delimiter, width > 1);
      if (blank > 0 && width > 1) {
        at = blank;
        continue;
      }
      for (let column = 0; ; column++) {
        at = above || column >= width ? cellEnd(bytes, at, marks) : columns[column]!.take(rows, at);
        if (at < 0 || at > end) return null;
        const byte = bytes[at]!;
        if (byte === delimiter) {
          at++;
          continue;
        }
        if (byte === RETURN && bytes[++at] !== LINE_FEED) return null;
        at++;
        if (!above) for (let lacking = column + 1; lacking < width; lacking++) columns[lacking]!.lack(rows);
        break;
      }
      if (above) {
        above = false;
        continue;
      }
      rowStarts[rows++] = first;
      if (blank < 0) blankSince = rows;
    }
    if (width === 1) rows = blankSince;
    at = end + 1;
  }
  return rows;
}

/** The place behind the cell that begins at `from`, where a delimiter or a line end stands; −1 when it is not as RFC 4180 has it. */
export function cellEnd(bytes: Buffer, from: number, marks: Uint8Array): number {
  let at = from;
  if (bytes[at] === QUOTE) at = behindQuote(bytes, at + 1);
  else while (marks[bytes[at]!] === 0) at++;
  return at < 0 || marks[bytes[at]!] === 0 || bytes[at] === QUOTE ? -1 : at;
}

/** Where the cell at a place of its row begins, in a text that was read; −1 when the row lacks it. */
export function cellStart(
  bytes: Buffer,
  rowStart: number,
  place: number,
  delimiter: number,
  marks: Uint8Array,
): number {
  // biome-ignore format: one line
  let at = rowStart;
  for (let column = 0; column < place; column++) {
    at = cellEnd(bytes, at, marks);
    if (bytes[at] !== delimiter) return -1;
    at++;
  }
  return at;
}

/** The place behind the quote that closes a field; −1 when none does. Fields are short, so that a loop is faster than a search. */
function behindQuote(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at++;
  }
  return -1;
}

/** The place behind a line that holds blanks alone; −1 when it holds more. @param quotes a pair of quotes around them counts as well. */
function behindBlankLine(bytes: Buffer, from: number, delimiter: number, quotes: boolean): number {
  let at = from;
  if (quotes && bytes[at] === QUOTE) {
    const behind = behindQuote(bytes, at + 1);
    for (at++; at < behind; at++) if (!isSpace(bytes[at]!) && bytes[at] !== QUOTE) return -1;
  } else while ((bytes[at] === BLANK || bytes[at] === TAB) && bytes[at] !== delimiter) at++;
  if (bytes[at] === RETURN && bytes[at + 1] === LINE_FEED) at++;
  return bytes[at] === LINE_FEED ? at + 1 : -1;
}

function isSpace(byte: number): boolean {
  return byte === BLANK || byte === TAB || byte === LINE_FEED || byte === RETURN;
}
