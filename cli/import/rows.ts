import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { Misuse } from '../failure.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface RowFile {
  /** Bytes on disk, for progress. */
  readonly bytes: number;
  /** Bytes read so far. */
  readonly position: () => number;
  /** Lines that could not be read, with the reason; the others are unharmed. */
  readonly skipped: { readonly line: number; readonly reason: string }[];
  readonly rows: AsyncIterable<Row>;
  /** CSV knows only text: its values still need types. */
  readonly textual: boolean;
}

/** Opens CSV, TSV, JSONL or NDJSON, plain or .gz, by its name; rows come as they are read, never all at once. */
export async function openRows(path: string): Promise<RowFile> {
  const format = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i.exec(path);
  if (format === null) {
    throw new Misuse(
      `${path} has no known format`,
      'Name it .csv, .tsv, .jsonl or .ndjson, with .gz when compressed.',
    );
  }
  const { size } = await stat(path);
  const raw = createReadStream(path);
  let read = 0;
  raw.on('data', (chunk) => (read += chunk.length));
  const text = format[2] === undefined ? raw : raw.pipe(createGunzip());
  raw.on('error', (error) => text.destroy(error));
  const skipped: { line: number; reason: string }[] = [];
  const textual = /^[ct]sv$/i.test(format[1]!);
  const delimiter = format[1]!.toLowerCase() === 'tsv' ? '\t' : ',';
  const rows = textual ? csvRows(text, delimiter, skipped) : jsonRows(text, skipped);
  return { bytes: size, position: () => read, skipped, rows, textual };
}

async function* csvRows(text: Readable, delimiter: string, skipped: RowFile['skipped']): AsyncIterable<Row> {
  const parser = parse({ columns: true, bom: true, delimiter, trim: true, skip_records_with_error: true });
  parser.on('skip', (error) =>
    skipped.push({ line: error?.lines ?? 0, reason: error?.message ?? 'unreadable' }),
  );
  text.on('error', (error) => parser.destroy(error));
  for await (const row of text.pipe(parser)) yield row as Row;
}

async function* jsonRows(text: Readable, skipped: RowFile['skipped']): AsyncIterable<Row> {
  let line = 0;
  for await (const source of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (source.trim() === '') continue;
    const value = parsed(source);
    if (value === undefined) skipped.push({ line, reason: 'not a JSON object' });
    else yield value;
  }
}

function parsed(source: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : undefined;
  } catch {
    return undefined;
  }
}
