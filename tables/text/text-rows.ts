import { CsvError, type Options, parse } from 'csv-parse/sync';
import { trimmed } from '../rules/missing.ts';
import { plainRows } from './plain-rows.ts';

/** Rows of the beginning of a delimited text. */
export interface RowsRead {
  readonly rows: readonly (readonly string[])[];
  /** A quote stands within a field, or text or a blank behind a closing one. */
  readonly looseQuotes: boolean;
  /** Fields have blanks around them: quotes may stand behind a blank further on. */
  readonly blanks: boolean;
  /** The line in which a quote opens that is never closed. */
  readonly unclosed: number | null;
}

const ROWS = 300;

/** How delimited text is read. */
export const DELIMITED = {
  bom: true,
  relax_column_count: true,
  skip_empty_lines: true,
} as const satisfies Options;

/** How text is read whose quotes may stand anywhere. What is read is to be taken through `closed`. */
export const RELAXED = { ...DELIMITED, relax_quotes: true, ltrim: true } as const satisfies Options;

/** A field of relaxed reading without the quotes that blanks behind them have saved. `closed('"Paris, TX" ')` → 'Paris, TX' */
export function closed(field: string): string {
  return /^".*"[ \t]+$/s.test(field) ? field.slice(1, field.lastIndexOf('"')) : field;
}

/** A quote within a field, or text behind a closing one. */
const LOOSE: ReadonlySet<string> = new Set(['INVALID_OPENING_QUOTE', 'CSV_INVALID_CLOSING_QUOTE']);

/** The first rows of a text. @param complete the text is the whole file: a quote that stays open is one too many. */
export function rowsOf(text: string, delimiter: string, complete: boolean): RowsRead {
  const plain = plainRows(text, delimiter, ROWS);
  const strict = plain === null ? attempt(text, { delimiter }) : { rows: plain, error: null };
  const looseQuotes = LOOSE.has(strict.error?.code ?? '');
  const { rows: read, error } = looseQuotes ? attempt(text, { ...RELAXED, delimiter }) : strict;
  const rows = looseQuotes ? read.map((row) => row.map(closed)) : read;
  const blanks = rows.some((row) => row.some((field) => field !== trimmed(field)));
  const open = error?.code === 'CSV_QUOTE_NOT_CLOSED';
  return { rows, looseQuotes, blanks, unclosed: complete && open ? linesOf(rows) + 1 : null };
}

function attempt(text: string, options: Options): { rows: string[][]; error: CsvError | null } {
  const asked = { ...DELIMITED, ...options, to: ROWS } as const;
  try {
    return { rows: parse(text, asked), error: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: rowsBefore(text, asked), error };
  }
}

/** The rows above the one that cannot be read: being told of each takes much longer than reading it. */
function rowsBefore(text: string, options: Options): string[][] {
  const rows: string[][] = [];
  const keep = (row: string[]) => {
    rows.push(row);
    return null;
  };
  try {
    parse(text, { ...options, on_record: keep as never });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return rows;
}

/** Lines that rows take up, roughly: blank ones are not counted. */
function linesOf(rows: readonly (readonly string[])[]): number {
  return rows.reduce((sum, row) => sum + 1 + row.join('').split('\n').length - 1, 0);
}
