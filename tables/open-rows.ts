import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { TiltmeterError } from '../contract/errors.ts';
import { decompressed } from './files/decompressed.ts';
import { formatOf, type TableFormat } from './files/format.ts';
import { HEAD_BYTES, head } from './files/head.ts';
import { locate } from './files/locate.ts';
import { mustBeOfFormat } from './files/same-format.ts';
import { jsonLayout } from './json/json-layout.ts';
import { type Layout, readRows } from './layout.ts';
import type { Stored } from './rules/facts.ts';
import type { TableRow } from './table-row.ts';
import { delimitedLayout } from './text/delimited-layout.ts';
import { mustAgree } from './text/same-layout.ts';

/** Rows between two reports of progress. */
const REPORTED = 1000;

/** A place that holds no row, with the reason; the others are unharmed. */
export interface UnreadPlace {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** The rows of one table in one or several files, whatever they are. */
export interface RowTable {
  readonly files: readonly string[];
  readonly format: TableFormat;
  /** Bytes on disk, for progress. */
  readonly bytes: number;
  /** What there is to know about how it is read. */
  readonly notes: readonly string[];
  /** How columns lie in the file, where its format has types. */
  readonly stored?: ReadonlyMap<string, Stored>;
  /** Of the last reading. */
  readonly unread: readonly UnreadPlace[];
  /**
   * Reads from the beginning, file after file, row by row, never all at once; the same order every time.
   * @param passed is told of the bytes read so far.
   */
  rows(passed?: (bytes: number) => void): AsyncIterable<TableRow>;
  /** Writes all rows into one file of a like format: delimited text, JSON lines, Parquet. */
  asOne(path: string): Promise<void>;
  /** Lets go of what was opened. */
  close(): void;
}

export interface RowOptions {
  /** Whether text is delimited or JSON, where it is known. */
  readonly said?: 'csv' | 'jsonl' | undefined;
  /** Where to put what is needed besides, for those who may be killed; the system's folder when absent. */
  readonly scratch?: string;
}

/**
 * Opens what paths and globs name as one table: delimited text or JSON of any encoding, Parquet, Arrow, plain or compressed,
 * whatever the names say. It is the table that `check` sees: the same columns, values and missing ones.
 * @throws unreadable_table with the file and the reason.
 */
export async function openRows(
  patterns: readonly string[],
  { said, scratch }: RowOptions = {},
): Promise<RowTable> {
  const files = patterns.flatMap(locate);
  const first = files[0]!;
  const start = await head(first, HEAD_BYTES);
  if (start.length === 0) throw new TiltmeterError('unreadable_table', `${first}: is empty`);
  const found = formatOf(first, start);
  await mustBeOfFormat(files.slice(1), found, first);
  if (found === 'csv' || found === 'jsonl') return textRows(files, said ?? found, start);
  // The column engine is a large library: only those who bring such a file pay for it.
  const { openTypedRows } = await import('./typed/typed-rows.ts');
  return openTypedRows(files, found, scratch);
}

async function textRows(
  files: readonly string[],
  format: 'csv' | 'jsonl',
  start: Uint8Array,
): Promise<RowTable> {
  const layouts = await layoutsOf(files, format, start);
  const sizes = files.map((file) => statSync(file).size);
  const unread: UnreadPlace[] = [];
  async function* rows(passed: (bytes: number) => void = () => {}) {
    unread.length = 0;
    let before = 0;
    for (const [i, file] of files.entries()) {
      const raw = createReadStream(file);
      const skip = (line: number, reason: string) => unread.push({ file, line, reason });
      let n = 0;
      for await (const row of readRows(file, layouts[i]!, decompressed(file, raw), skip)) {
        yield row;
        if (++n % REPORTED === 0) passed(before + raw.bytesRead);
      }
      before += sizes[i]!;
      passed(before);
    }
  }
  return {
    files,
    format,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    notes: layouts[0]!.notes,
    unread,
    rows,
    asOne: (path) =>
      pipeline(format === 'csv' ? delimitedText(rows()) : jsonLines(rows()), createWriteStream(path)),
    close() {},
  };
}

async function* jsonLines(rows: AsyncIterable<TableRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** Rows as delimited text with a header. */
async function* delimitedText(rows: AsyncIterable<TableRow>): AsyncGenerator<string> {
  const line = (cells: readonly unknown[]) =>
    `${cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')}\n`;
  let header = true;
  for await (const row of rows) {
    if (header) yield line(Object.keys(row));
    header = false;
    yield line(Object.values(row));
  }
}

/** Delimited files of one table are read as the first is, JSON files each by itself. */
async function layoutsOf(
  files: readonly string[],
  format: 'csv' | 'jsonl',
  start: Uint8Array,
): Promise<Layout[]> {
  const [first, ...others] = files;
  const whole = (bytes: Uint8Array) => bytes.length < HEAD_BYTES;
  if (format === 'csv') {
    const layout = delimitedLayout(first!, start, whole(start));
    await mustAgree(files, layout);
    return files.map(() => layout);
  }
  const layouts: Layout[] = [jsonLayout(first!, start, whole(start))];
  for (const file of others) {
    const bytes = await head(file, HEAD_BYTES);
    layouts.push(jsonLayout(file, bytes, whole(bytes)));
  }
  return layouts;
}
