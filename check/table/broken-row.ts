import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { decompressed } from '../../tables/files/decompressed.ts';
import { DELIMITED } from '../../tables/text/text-rows.ts';

/**
 * Where a delimited text stops being one, as the end of a sentence; null: it does not. Reads the files row by row, so
 * that it is asked only when something is wrong.
 * @param strict quotes within fields and text behind closing ones count, not only a quote that is never closed.
 */
export async function brokenRow(
  files: readonly string[],
  delimiter: string,
  strict: boolean,
): Promise<string | null> {
  for (const file of files) {
    const parser = parse({ ...DELIMITED, delimiter, relax_quotes: !strict, info: true });
    const of = files.length > 1 ? ` of ${file}` : '';
    let line = 0;
    try {
      for await (const { info } of pipeline(decompressed(file), parser, ignored)) line = info.lines;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      if (error.code === 'CSV_QUOTE_NOT_CLOSED')
        return `a quote opens in line ${line + 1}${of} and is never closed`;
      return `line ${error.lines}${of} has a quote within a field, or text behind a closing one`;
    }
  }
  return null;
}

/** Failures reach whoever reads the rows. */
function ignored(): void {}
