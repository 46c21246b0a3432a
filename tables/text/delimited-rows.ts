import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { TiltmeterError } from '../../contract/errors.ts';
import { trimmed } from '../rules/missing.ts';
import type { TableRow } from '../table-row.ts';
import type { DelimitedLayout } from './delimited-layout.ts';
import { plainSpelling } from './number-spelling.ts';
import { closed, RELAXED } from './text-rows.ts';
import { decodedText, wholeLines } from './text-stream.ts';

/** Longest row, in bytes: a quote that is never closed must not gather the rest of a large file. */
const LONGEST_ROW = 64 << 20;

/**
 * The rows of delimited text as they are read, never all at once: cells by the names of the columns, without the blanks
 * around them, numbers spelt plainly. Fields that a row lacks are null, those too many are left out.
 * @param label names the table in what is said of it.
 * @throws unreadable_table when a quote is never closed.
 */
export async function* delimitedRows(
  label: string,
  layout: DelimitedLayout,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<TableRow> {
  const { names, header } = layout.shape;
  const cells = names.map((name, i) => ({ name, spelling: layout.spellings.get(i) }));
  let first = header;
  for await (const row of records(label, layout, bytes)) {
    if (first) {
      first = false;
      continue;
    }
    yield Object.fromEntries(
      cells.map(({ name, spelling }, i) => {
        const raw = row[i];
        if (raw === undefined) return [name, null];
        return [name, trimmed(spelling === undefined ? raw : plainSpelling(raw, spelling))];
      }),
    );
  }
}

/** Rows as lists of fields, the header among them. Blank lines are no rows, save in a table of one column, before its end. */
async function* records(
  label: string,
  { shape, encoding }: DelimitedLayout,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<string[]> {
  const single = shape.names.length === 1;
  const loose = shape.looseQuotes || shape.blanks;
  const plain = encoding === 'utf-8' && shape.above === 0 && !shape.loneReturns;
  const text = plain ? bytes : wholeLines(shape.above)(decodedText(encoding, shape.loneReturns)(bytes));
  const parser = parse({
    ...RELAXED,
    delimiter: shape.delimiter,
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: !single,
    max_record_size: LONGEST_ROW,
  });
  let blank = 0;
  try {
    for await (const row of pipeline(Readable.from(text), parser, ignored) as AsyncIterable<string[]>) {
      if (row.length === 1 && trimmed(row[0]!) === '') {
        if (single) blank++;
        continue;
      }
      for (; blank > 0; blank--) yield [''];
      yield loose ? row.map(closed) : row;
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new TiltmeterError('unreadable_table', `${label}: ${told(cause)}`, { cause });
  }
}

function told({ code, lines }: CsvError): string {
  return code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE'
    ? 'a quote is opened and never closed'
    : `line ${lines} cannot be read`;
}

/** Failures reach whoever reads the rows. */
function ignored(): void {}
