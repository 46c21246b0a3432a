import { NUMBER } from '../rules/numbers.ts';
import { type RowsRead, rowsOf } from './text-rows.ts';

/** How a delimited text file is laid out. */
export interface TextShape {
  readonly delimiter: string;
  readonly header: boolean;
  /** Unique: a repeated name gets `.1`, `.2` …, an empty one `column_<n>`. */
  readonly names: readonly string[];
  /** Names that the file repeats. */
  readonly repeated: readonly string[];
  /** Mean bytes of a row, to estimate the number of rows. */
  readonly rowBytes: number;
  /** Rows of the sample whose number of fields is not that of the header. */
  readonly ragged: number;
  /** Rows of the sample that have more fields than the header, with something in them. */
  readonly wider: number;
  /** Lines above the header: blank ones, a title, a comment, Excel's `sep=`. */
  readonly above: number;
  /** Lines end with a carriage return alone, as on old Macs. */
  readonly loneReturns: boolean;
  /** A quote stands within a field, or text or a blank behind a closing one: the file must be rewritten to be read. */
  readonly looseQuotes: boolean;
  /** Fields have blanks around them: quotes may stand behind a blank further on. */
  readonly blanks: boolean;
  /** The line in which a quote opens that is never closed; null: there is none. */
  readonly unclosed: number | null;
  /** The first rows, without the header. */
  readonly rows: readonly (readonly string[])[];
}

const DELIMITERS = [',', '\t', ';', '|'];
/** Lines among which a header is looked for. */
const FIRST_LINES = 20;
/** Share of the rows that must have the same number of fields before lines above the header are left out. */
const MOST = 0.9;

/**
 * Reads delimiter, header and names from the beginning of a text file.
 * The delimiter is the one that cuts most rows into the same number (> 1) of fields; a file without any has one column.
 * Lines of one field above rows of several are no part of the table.
 */
export function textShape(text: string, complete: boolean): TextShape {
  const loneReturns = !text.includes('\n') && text.includes('\r');
  const plain = (loneReturns ? text.replaceAll('\r', '\n') : text).replace(/^\uFEFF/, '');
  const sample = complete ? plain : plain.slice(0, plain.lastIndexOf('\n') + 1) || plain;
  const separator = /^sep=(.)\r?\n/i.exec(sample);
  const first = sample.split('\n', FIRST_LINES).join('\n');
  const present = separator ? [separator[1]!] : DELIMITERS.filter((delimiter) => first.includes(delimiter));
  const body = separator ? sample.slice(separator[0].length) : sample;
  const candidates = (present.length > 0 ? present : [',']).map((delimiter) => ({
    delimiter,
    read: rowsOf(body, delimiter, complete),
  }));
  const best = candidates.reduce((a, b) => (agreement(b.read.rows) > agreement(a.read.rows) ? b : a));
  return { ...shapeOf(best.delimiter, best.read, body, separator ? 1 : 0), loneReturns };
}

function shapeOf(
  delimiter: string,
  read: RowsRead,
  body: string,
  skipped: number,
): Omit<TextShape, 'loneReturns'> {
  const title = rowsAbove(read.rows);
  const rows = read.rows.slice(title);
  const first = rows[0] ?? [];
  const header = hasHeader(rows);
  const given = header ? first.map((name) => name.trim()) : first.map((_, i) => `column_${i + 1}`);
  const data = header ? rows.slice(1) : rows;
  return {
    delimiter,
    header,
    names: unique(given),
    repeated: repeats(given),
    rowBytes: Math.max(1, Buffer.byteLength(body) / Math.max(1, body.split('\n').length - 1)),
    ragged: data.filter((row) => row.length !== first.length).length,
    wider: data.filter((row) => row.slice(first.length).some((cell) => cell.trim() !== '')).length,
    above: skipped + linesAbove(body, title),
    looseQuotes: read.looseQuotes,
    blanks: read.blanks,
    unclosed: read.unclosed === null ? null : read.unclosed + skipped,
    rows: data,
  };
}

/** Rows of one field, or comments, above rows that nearly all have the same number of several fields. */
function rowsAbove(rows: readonly (readonly string[])[]): number {
  const width = usualWidth(rows);
  const header = rows.slice(0, FIRST_LINES).findIndex((row) => row.length === width);
  const above = rows.slice(0, Math.max(0, header));
  if (width <= 1 || above.length === 0 || !above.every((row) => row.length === 1 || row[0]!.startsWith('#')))
    return 0;
  const rest = rows.slice(header);
  const same = rest.filter((row) => row.length === width).length;
  return rest.length > 1 && same >= MOST * rest.length ? header : 0;
}

/** Lines of text before the row that follows `title` rows, blank ones included. */
function linesAbove(body: string, title: number): number {
  const lines = body.split('\n', 10 * FIRST_LINES);
  let rows = 0;
  const at = lines.findIndex((line) => line.trim() !== '' && rows++ === title);
  return Math.max(0, at);
}

function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

function agreement(rows: readonly (readonly string[])[]): number {
  const width = usualWidth(rows);
  if (width <= 1) return 0;
  return rows.filter((row) => row.length === width).length / rows.length + Math.min(width, 100) / 1e4;
}

const IS_NUMBER = new RegExp(NUMBER);

/** A header has no number standing above numbers. */
function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, second] = rows;
  if (!first || !second) return true;
  return !first.some((cell, i) => IS_NUMBER.test(cell.trim()) && IS_NUMBER.test((second[i] ?? '').trim()));
}

function repeats(names: string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => name !== '' && seen.size === seen.add(name).size))];
}

function unique(names: string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name, i) => {
    const base = name === '' ? `column_${i + 1}` : name;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return count === 0 ? base : `${base}.${count}`;
  });
}
