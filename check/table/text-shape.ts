import { parse } from 'csv-parse/sync';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

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
}

/** The encoding that the first bytes show: a byte order mark, NULs at every second place, or bytes that are no UTF-8. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = head.subarray(0, 2000);
  const zeros = (offset: number) => sample.filter((byte, i) => i % 2 === offset && byte === 0).length;
  if (zeros(1) > sample.length / 5) return 'utf-16le';
  if (zeros(0) > sample.length / 5) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

const DELIMITERS = [',', '\t', ';', '|'];

/**
 * Reads delimiter, header and names from the beginning of a text file.
 * The delimiter is the one that cuts most rows into the same number (> 1) of fields; a file without any has one column.
 */
export function textShape(text: string, complete: boolean): TextShape {
  const sample = complete ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
  const firstLine = sample.slice(0, sample.indexOf('\n') + 1) || sample;
  const present = DELIMITERS.filter((delimiter) => firstLine.includes(delimiter));
  const candidates = (present.length > 0 ? present : [',']).map((delimiter) => ({
    delimiter,
    rows: rowsOf(sample, delimiter),
  }));
  const best = candidates.reduce((a, b) => (agreement(b.rows) > agreement(a.rows) ? b : a));
  const { delimiter, rows } = best;
  const first = rows[0] ?? [];
  const header = hasHeader(rows);
  const given = header ? first.map((name) => name.trim()) : first.map((_, i) => `column_${i + 1}`);
  const data = header ? rows.slice(1) : rows;
  return {
    delimiter,
    header,
    names: unique(given),
    repeated: repeats(given),
    rowBytes: Math.max(1, Buffer.byteLength(sample) / Math.max(1, sample.split('\n').length - 1)),
    ragged: data.filter((row) => row.length !== first.length).length,
  };
}

function rowsOf(sample: string, delimiter: string): string[][] {
  return parse(sample, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    to: 300,
  });
}

function agreement(rows: string[][]): number {
  const width = rows[0]?.length ?? 0;
  if (width <= 1) return 0;
  return rows.filter((row) => row.length === width).length / rows.length + Math.min(width, 100) / 1e4;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A header has no number standing above numbers. */
function hasHeader(rows: string[][]): boolean {
  const [first, second] = rows;
  if (!first || !second) return true;
  return !first.some((cell, i) => NUMBER.test(cell.trim()) && NUMBER.test((second[i] ?? '').trim()));
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
