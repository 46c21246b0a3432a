import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { decompressed } from '../../tables/files/decompressed.ts';
import { FORMAT_NAMES, formatOf } from '../../tables/files/format.ts';
import { HEAD_BYTES, head } from '../../tables/files/head.ts';
import { layoutOf, readRows } from '../../tables/layout.ts';
import type { TableRow } from '../../tables/table-row.ts';
import { Misuse } from '../failure.ts';

/** Rows between two reports of progress. */
const REPORTED = 1000;

export interface RowFile {
  /** Bytes on disk, for progress. */
  readonly bytes: number;
  /** What there is to know about how it is read. */
  readonly notes: readonly string[];
  /** Lines of the last reading that hold no row, with the reason; the others are unharmed. */
  readonly skipped: { readonly line: number; readonly reason: string }[];
  /** Reads from the beginning, row by row, never all at once. @param passed is told of the bytes read so far. */
  rows(passed: (bytes: number) => void): AsyncIterable<TableRow>;
}

/**
 * Opens delimited text or JSON, plain or compressed, whatever its name says.
 * Errors: unreadable_table when it is no table; Misuse when it is one of another format.
 */
export async function openRows(path: string): Promise<RowFile> {
  const { size } = await stat(path);
  const start = await head(path, HEAD_BYTES);
  if (start.length === 0) throw new Misuse(`${path} is empty`);
  const format = formatOf(path, start);
  if (format !== 'csv' && format !== 'jsonl') {
    throw new Misuse(
      `${path} is ${FORMAT_NAMES[format]}, which is not imported`,
      'Write it as CSV or JSON lines.',
    );
  }
  const layout = layoutOf(path, format === 'csv' ? 'delimited' : 'json', start, start.length < HEAD_BYTES);
  const skipped: RowFile['skipped'] = [];
  return {
    bytes: size,
    notes: layout.notes,
    skipped,
    async *rows(passed) {
      skipped.length = 0;
      const raw = createReadStream(path);
      const unread = (line: number, reason: string) => skipped.push({ line, reason });
      let rows = 0;
      for await (const row of readRows(path, layout, decompressed(path, raw), unread)) {
        yield row;
        if (++rows % REPORTED === 0) passed(raw.bytesRead);
      }
      passed(size);
    },
  };
}
