import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { TiltmeterError } from '../../contract/errors.ts';
import { linkFiles, patternOf, type Workspace } from '../../tables/engine/workspace.ts';
import { decompressed } from '../../tables/files/decompressed.ts';
import type { Encoding } from '../../tables/text/encoding.ts';
import { closed, RELAXED } from '../../tables/text/text-rows.ts';
import { decodedText, wholeLines } from '../../tables/text/text-stream.ts';

/** What of a text file must be changed before the engine can read it. */
export interface Untidiness {
  readonly encoding: Encoding;
  /** Lines to leave out at the beginning. */
  readonly above?: number;
  /** Lines end with a carriage return alone. */
  readonly loneReturns?: boolean;
  /** Quotes stand where they must not: rows are read and written anew with this delimiter. */
  readonly requote?: string | null;
  /** Changes a piece of text that ends with a line end; for what only this file needs. */
  readonly line?: (text: string) => string;
}

/** Text that the engine can read. */
export interface PlainText {
  /** The engine's pattern. */
  readonly path: string;
  readonly files: readonly string[];
}

/**
 * The engine's pattern for text files: links when they are as they should be, else copies in the workspace, written in
 * constant memory as plain UTF-8 without byte order mark.
 */
export async function plainText(
  workspace: Workspace,
  side: string,
  files: readonly string[],
  ending: string,
  untidy: Untidiness,
): Promise<PlainText> {
  const { encoding, above = 0, loneReturns = false, requote = null, line } = untidy;
  if (encoding === 'utf-8' && above === 0 && !loneReturns && requote === null && !line)
    return { path: linkFiles(workspace, side, files, ending), files };
  const names = files.map((_, i) => `${side}_${i}.${ending}`);
  for (const [i, file] of files.entries())
    await rewrite(file, join(workspace.folder, names[i]!), untidy).catch((cause: unknown) => {
      const open = cause instanceof CsvError && cause.code === 'CSV_QUOTE_NOT_CLOSED';
      const reason = open
        ? 'a quote is opened and never closed'
        : 'cannot be read to its end; it is truncated or damaged';
      throw new TiltmeterError('unreadable_table', `${file}: ${reason}`, { cause });
    });
  return { path: patternOf(workspace, names), files: names.map((name) => join(workspace.folder, name)) };
}

async function rewrite(file: string, target: string, untidy: Untidiness): Promise<void> {
  const { encoding, above = 0, loneReturns = false, requote = null, line } = untidy;
  const sink = createWriteStream(target, 'utf8');
  const text = [decompressed(file), decodedText(encoding, loneReturns), wholeLines(above, line)] as const;
  if (requote === null) await pipeline(...text, sink);
  else {
    const rows = parse({ ...RELAXED, delimiter: requote });
    await pipeline(...text, rows, quoted(requote), sink);
  }
}

function quoted(delimiter: string) {
  return async function* (rows: AsyncIterable<string[]>) {
    for await (const row of rows)
      yield `${row.map((cell) => `"${closed(cell).replaceAll('"', '""')}"`).join(delimiter)}\n`;
  };
}
