import { join } from 'node:path';
import { TiltmeterError } from '../../contract/errors.ts';
import { literal } from '../sql.ts';
import { head } from './head.ts';
import { HEAD_BYTES, type Located } from './located.ts';
import type { SourceColumn, Table } from './table.ts';
import { type Encoding, encodingOf, type TextShape, textShape } from './text-shape.ts';
import { transcode } from './transcode.ts';
import { linkFiles, patternOf, type Workspace } from './workspace.ts';

/** Columns that tell rows apart well enough. */
const HASHED_COLUMNS = 50;

/** Columns read in one pass. Text is parsed whole for each, but a statement's own cost grows faster than its columns. */
export function columnsPerTextPass(bytes: number): number {
  return bytes < 20e6 ? 25 : bytes < 500e6 ? 100 : 400;
}

/** A table of delimited text: encoding, delimiter and header are found in the file's beginning. */
export async function openText(workspace: Workspace, side: string, located: Located): Promise<Table> {
  const { pattern, files, start, bytes } = located;
  const encoding = encodingOf(start);
  const shape = shapeOf(start, encoding);
  if (shape.names.length === 0) throw new TiltmeterError('unreadable_table', `${pattern}: has no columns`);
  await mustAgree(files, encoding, shape);
  const columns = shape.names.map((name, i) => textColumn(name, `c${i}`));
  const path = await plainText(workspace, side, files, encoding);
  const structure = columns.map((column) => `${column.raw} Nullable(String)`).join(', ');
  return {
    label: pattern,
    relation: `file(${literal(path)}, 'CSV', ${literal(structure)})`,
    settings: settingsOf(shape),
    columns,
    roughRows: bytes / shape.rowBytes,
    rowNumber: rowHash(columns),
    rowOrder: rowHash(columns),
    columnsPerPass: columnsPerTextPass(bytes),
    notes: remarks(shape, encoding),
  };
}

function settingsOf({ delimiter, header }: TextShape): string {
  const tab = delimiter === '\t' ? 1 : 0;
  return `SETTINGS format_csv_delimiter=${literal(delimiter)}, input_format_csv_skip_first_lines=${header ? 1 : 0},
    input_format_csv_allow_variable_number_of_columns=1, input_format_csv_use_best_effort_in_schema_inference=0,
    input_format_csv_trim_whitespaces=${1 - tab}, input_format_csv_allow_whitespace_or_tab_as_delimiter=${tab},
    input_format_csv_skip_trailing_empty_lines=1`;
}

/** A column that is text in the file, whatever it means. */
export function textColumn(name: string, raw: string): SourceColumn {
  return { name, raw, sql: `trimBoth(${raw})`, trimmed: true, stored: 'text' };
}

/** Text is read in parallel, so that a row's place differs between runs; its hash does not. */
export function rowHash(columns: readonly SourceColumn[]): string {
  return `cityHash64(${columns
    .slice(0, HASHED_COLUMNS)
    .map(({ raw }) => raw)
    .join(', ')})`;
}

function shapeOf(start: Buffer, encoding: Encoding): TextShape {
  return textShape(new TextDecoder(encoding).decode(start, { stream: true }), start.length < HEAD_BYTES);
}

/** Columns of text have no names but those of the header: files of one glob must have the same. */
async function mustAgree(files: readonly string[], encoding: Encoding, shape: TextShape): Promise<void> {
  for (const file of files.slice(1)) {
    const start = await head(file, HEAD_BYTES);
    const other = shapeOf(start, encodingOf(start));
    const same =
      encodingOf(start) === encoding &&
      other.delimiter === shape.delimiter &&
      other.names.join('\n') === shape.names.join('\n');
    if (!same)
      throw new TiltmeterError(
        'unreadable_table',
        `${file}: is laid out otherwise than ${files[0]} (header, delimiter or encoding)`,
      );
  }
}

async function plainText(
  workspace: Workspace,
  side: string,
  files: readonly string[],
  encoding: Encoding,
): Promise<string> {
  if (encoding === 'utf-8') return linkFiles(workspace, side, files, 'csv');
  const names = files.map((_, i) => `${side}_${i}.csv`);
  for (const [i, file] of files.entries()) await transcode(file, encoding, join(workspace.folder, names[i]!));
  return patternOf(workspace, names);
}

function remarks(shape: TextShape, encoding: Encoding): string[] {
  const notes: string[] = [];
  if (encoding !== 'utf-8') notes.push(`read as ${encoding}`);
  if (shape.delimiter !== ',')
    notes.push(`columns are separated by ${shape.delimiter === '\t' ? 'tabs' : `"${shape.delimiter}"`}`);
  if (!shape.header) notes.push('has no header; columns are numbered');
  if (shape.ragged > 0)
    notes.push(
      `${shape.ragged} of the first rows have more or fewer fields than the header; missing fields count as missing`,
    );
  if (shape.repeated.length > 0)
    notes.push(
      `repeats the column ${shape.repeated.map((name) => `"${name}"`).join(', ')}; the repetition is named with a number`,
    );
  return notes;
}
