import { TiltmeterError } from '../../contract/errors.ts';
import { isBinary } from '../../tables/files/foreign.ts';
import { head } from '../../tables/files/head.ts';
import { type Encoding, encodingOf } from '../../tables/text/encoding.ts';
import { type NumberSpelling, numberSpelling, spellingNote } from '../../tables/text/number-spelling.ts';
import { type TextShape, textShape } from '../../tables/text/text-shape.ts';
import { literal } from '../sql.ts';
import { trimmedSql } from '../value-sql.ts';
import { brokenRow } from './broken-row.ts';
import { HEAD_BYTES, type Located } from './located.ts';
import { plainText } from './plain-text.ts';
import { keyOfPlace, PLACE } from './row-key.ts';
import { plainSpellingSql } from './spelling-sql.ts';
import type { SourceColumn, Table } from './table.ts';
import type { Workspace } from './workspace.ts';

/** Columns read in one pass. Text is parsed whole for each, but a statement's own cost grows faster than its columns. */
export function columnsPerTextPass(bytes: number): number {
  return bytes < 20e6 ? 25 : bytes < 500e6 ? 100 : 400;
}

/** A table of delimited text: encoding, delimiter, header and how numbers are spelt are found in the file's beginning. */
export async function openText(workspace: Workspace, side: string, located: Located): Promise<Table> {
  const { pattern, files, start, bytes } = located;
  const encoding = encodingOf(start);
  const shape = shapeOf(start, encoding);
  mustBeTable(files[0]!, start, encoding, shape);
  await mustAgree(files, encoding, shape);
  const columns = shape.names.map((name, i) => textColumn(name, `c${i}`));
  const plain = await plainText(workspace, side, files, 'csv', {
    encoding,
    above: shape.above,
    loneReturns: shape.loneReturns,
    requote: shape.looseQuotes ? shape.delimiter : null,
  });
  const structure = columns.map((column) => `${column.raw} Nullable(String)`).join(', ');
  const spellings = spellingsOf(shape);
  return {
    label: pattern,
    relation: withoutBlankLines(
      `file(${literal(plain.path)}, 'CSV', ${literal(structure)})`,
      columns,
      spellings,
    ),
    settings: settingsOf(shape),
    text: {
      lines: `file(${literal(plain.path)}, 'LineAsString', 'line String')`,
      bytes,
      brokenRow: (strict) => brokenRow(plain.files, shape.delimiter, strict),
    },
    columns,
    roughRows: bytes / shape.rowBytes,
    ...keyOfPlace(columns, plain.files),
    columnsPerPass: columnsPerTextPass(bytes),
    notes: remarks(shape, encoding, spellings),
  };
}

function settingsOf({ delimiter, header }: TextShape): string {
  const tab = delimiter === '\t' ? 1 : 0;
  return `SETTINGS format_csv_delimiter=${literal(delimiter)}, input_format_csv_skip_first_lines=${header ? 1 : 0},
    input_format_csv_allow_variable_number_of_columns=1, input_format_csv_use_best_effort_in_schema_inference=0,
    input_format_csv_trim_whitespaces=${1 - tab}, input_format_csv_allow_whitespace_or_tab_as_delimiter=${tab},
    input_format_csv_skip_trailing_empty_lines=1, input_format_csv_empty_as_default=0`;
}

/**
 * The rows of a file without its blank lines, where numbers are spelt plainly. A blank line is a row whose fields are all
 * absent, which NULL tells from empty ones; in a table of one column it is a missing value.
 */
function withoutBlankLines(
  file: string,
  columns: readonly SourceColumn[],
  spellings: ReadonlyMap<number, NumberSpelling>,
): string {
  const replaced = [...spellings].map(([i, spelling]) => `${plainSpellingSql(`c${i}`, spelling)} AS c${i}`);
  const replace = replaced.length > 0 ? ` REPLACE (${replaced.join(', ')})` : '';
  const read = `SELECT *${replace}, ${PLACE.join(', ')} FROM ${file}`;
  if (columns.length === 1) return `(${read})`;
  const absent = [0, 1, columns.length - 1].map((i) => `isNull(c${i})`).join(' AND ');
  return `(${read} WHERE NOT (${absent}))`;
}

/** A column that is text in the file, whatever it means. */
export function textColumn(name: string, raw: string): SourceColumn {
  return { name, raw, sql: trimmedSql(raw), trimmed: true, stored: 'text' };
}

function shapeOf(start: Buffer, encoding: Encoding): TextShape {
  return textShape(new TextDecoder(encoding).decode(start, { stream: true }), start.length < HEAD_BYTES);
}

/** @throws unreadable_table when the beginning of the file shows that it is no table. */
function mustBeTable(file: string, start: Buffer, encoding: Encoding, shape: TextShape): void {
  const fail = (reason: string) => new TiltmeterError('unreadable_table', `${file}: ${reason}`);
  if (isBinary(new TextDecoder(encoding).decode(start.subarray(0, 50_000), { stream: true })))
    throw fail('holds binary data of an unknown format');
  if (shape.unclosed !== null) throw fail(`a quote opens in line ${shape.unclosed} and is never closed`);
  if (shape.names.length === 0) throw fail('has no columns');
  if (shape.wider > 0.5 * shape.rows.length)
    throw fail(
      `most rows have more fields than the header, which has ${shape.names.length}; name every column, and quote fields that hold the delimiter`,
    );
}

/** Columns of text have no names but those of the header: files of one glob must have the same. */
async function mustAgree(files: readonly string[], encoding: Encoding, shape: TextShape): Promise<void> {
  for (const file of files.slice(1)) {
    const start = await head(file, HEAD_BYTES);
    const other = shapeOf(start, encodingOf(start));
    const same =
      encodingOf(start) === encoding &&
      other.delimiter === shape.delimiter &&
      other.above === shape.above &&
      other.names.join('\n') === shape.names.join('\n');
    if (!same)
      throw new TiltmeterError(
        'unreadable_table',
        `${file}: is laid out otherwise than ${files[0]} (header, delimiter or encoding)`,
      );
  }
}

function spellingsOf({ rows, names, delimiter }: TextShape): Map<number, NumberSpelling> {
  const spellings = new Map<number, NumberSpelling>();
  names.forEach((_, i) => {
    const spelling = numberSpelling(
      rows.map((row) => row[i] ?? ''),
      delimiter,
    );
    if (spelling) spellings.set(i, spelling);
  });
  return spellings;
}

function remarks(
  shape: TextShape,
  encoding: Encoding,
  spellings: ReadonlyMap<number, NumberSpelling>,
): string[] {
  const notes: string[] = [];
  if (encoding !== 'utf-8') notes.push(`read as ${encoding}`);
  if (shape.above > 0)
    notes.push(`has ${shape.above} ${shape.above === 1 ? 'line' : 'lines'} above the header, left out`);
  if (shape.delimiter !== ',')
    notes.push(`columns are separated by ${shape.delimiter === '\t' ? 'tabs' : `"${shape.delimiter}"`}`);
  if (!shape.header) notes.push('has no header; columns are numbered');
  if (shape.ragged > 0)
    notes.push(
      `${shape.ragged} of the first rows have more or fewer fields than the header; missing fields count as missing, those too many are left out`,
    );
  if (shape.repeated.length > 0)
    notes.push(
      `repeats the column ${shape.repeated.map((name) => `"${name}"`).join(', ')}; the repetition is named with a number`,
    );
  for (const spelling of new Set(spellings.values())) {
    const named = [...spellings].filter(([, each]) => each === spelling).map(([i]) => shape.names[i]!);
    notes.push(spellingNote(spelling, named));
  }
  return notes;
}
