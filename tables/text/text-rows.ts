import { CsvError, type Options, parse } from 'csv-parse/sync';

/** Rows of the beginning of a delimited text. */
export interface RowsRead {
  readonly rows: readonly (readonly string[])[];
  /** A quote stands within a field, or text behind a closing one. */
  readonly looseQuotes: boolean;
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

/** A quote within a field, or text behind a closing one. */
const LOOSE: ReadonlySet<string> = new Set(['INVALID_OPENING_QUOTE', 'CSV_INVALID_CLOSING_QUOTE']);

/** The first rows of a text. @param complete the text is the whole file: a quote that stays open is one too many. */
export function rowsOf(text: string, delimiter: string, complete: boolean): RowsRead {
  const strict = attempt(text, { delimiter });
  const looseQuotes = LOOSE.has(strict.error?.code ?? '');
  const { rows, error } = looseQuotes ? attempt(text, { delimiter, relax_quotes: true }) : strict;
  const open = error?.code === 'CSV_QUOTE_NOT_CLOSED';
  return { rows, looseQuotes, unclosed: complete && open ? linesOf(rows) + 1 : null };
}

function attempt(text: string, options: Options): { rows: string[][]; error: CsvError | null } {
  const rows: string[][] = [];
  const keep = (row: string[]) => {
    rows.push(row);
    return null;
  };
  try {
    parse(text, { ...DELIMITED, ...options, to: ROWS, on_record: keep as never });
    return { rows, error: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, error };
  }
}

/** Lines that rows take up, roughly: blank ones are not counted. */
function linesOf(rows: readonly (readonly string[])[]): number {
  return rows.reduce((sum, row) => sum + 1 + row.join('').split('\n').length - 1, 0);
}
