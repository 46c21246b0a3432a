import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { compressionOf } from '../files/compression.ts';
import { decompressed } from '../files/decompressed.ts';
import type { DelimitedLayout } from '../text/delimited-layout.ts';
import { type Cells, readRows } from './cells.ts';
import { NumberScanner } from './number-scanner.ts';
import { TextColumn } from './text-column.ts';

/** Larger tables are left to the column engine, which reads them block by block. */
export const MOST_BYTES = 160e6;
const MOST_CELLS = 30e6;
const LINE_FEED = 10;

/** A table of delimited text that was read once, column by column, and is held in memory. */
export interface HeldTable {
  readonly rows: number;
  /** Where its cells lie. */
  readonly cells: Cells;
  /** By name, in the order of the file. */
  readonly columns: ReadonlyMap<string, TextColumn>;
}

/**
 * Reads files of one layout; null when they are too large to be held, or in a way that only slower readers understand:
 * another encoding, lines above the header, quotes where RFC 4180 has none.
 */
export async function holdTable(
  files: readonly string[],
  layout: DelimitedLayout,
): Promise<HeldTable | null> {
  const { shape, encoding, spellings } = layout;
  const width = shape.names.length;
  const delimiter = shape.delimiter.charCodeAt(0);
  const plain = encoding === 'utf-8' && shape.above === 0 && !shape.loneReturns && !shape.looseQuotes;
  if (!plain || delimiter > 127) return null;
  const read = await bytesOf(files);
  if (read === null) return null;
  const { bytes, ends } = read;
  const most = lineFeeds(bytes);
  if (most * width > MOST_CELLS) return null;
  const cells = { bytes, delimiter, rowStarts: new Uint32Array(most) };
  const scanner = new NumberScanner();
  const columns = shape.names.map(
    (_, place) => new TextColumn(cells, { place, spelling: spellings.get(place) ?? null }, scanner),
  );
  const rows = readRows(bytes, ends, { delimiter, header: shape.header }, columns, cells.rowStarts);
  if (rows === null) return null;
  for (const column of columns) column.end(rows);
  return {
    rows,
    cells: { ...cells, rowStarts: cells.rowStarts.subarray(0, rows) },
    columns: new Map(shape.names.map((name, i) => [name, columns[i]!])),
  };
}

/** As many as there are lines, and at least as many as there are rows. */
function lineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}

/** All files behind each other, a line feed behind each; null when they are too large or cannot be read to their end. */
async function bytesOf(files: readonly string[]): Promise<{ bytes: Buffer; ends: number[] } | null> {
  const sizes = files.map((file) => statSync(file).size);
  if (sum(sizes) > MOST_BYTES) return null;
  const pieces: Buffer[] = [];
  for (const [i, file] of files.entries()) {
    const piece = compressionOf(file) === null ? plainBytes(file, sizes[i]!) : await inflated(file);
    if (piece === null) return null;
    pieces.push(piece);
  }
  let length = 0;
  const ends = pieces.map((piece) => {
    length += piece.length;
    return length - 1;
  });
  if (length > MOST_BYTES) return null;
  return { bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), ends };
}

/** A file and a line feed, without a copy of what may be large; null when it has changed its size. */
function plainBytes(file: string, size: number): Buffer | null {
  const bytes = Buffer.allocUnsafeSlow(size + 1);
  const descriptor = openSync(file, 'r');
  try {
    let at = 0;
    for (let read = -1; at < size && read !== 0; at += read)
      read = readSync(descriptor, bytes, at, size - at, at);
    bytes[size] = LINE_FEED;
    return at === size ? bytes : null;
  } finally {
    closeSync(descriptor);
  }
}

async function inflated(file: string): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of decompressed(file) as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.length;
      if (length > MOST_BYTES) return null;
    }
    return Buffer.concat([...pieces, Buffer.of(LINE_FEED)]);
  } catch {
    // The engine's reader says what is wrong.
    return null;
  }
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
