import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TiltmeterError } from '../../contract/errors.ts';
import { identifier } from '../../server/store/lake/identifier.ts';
import type { Engine } from '../engine.ts';
import { formatOf, type TableFormat } from './format.ts';
import { head } from './head.ts';
import { jsonNames } from './json-names.ts';
import { locate } from './locate.ts';
import type { SourceColumn, Table } from './table.ts';
import { encodingOf, textShape } from './text-shape.ts';
import { transcode } from './transcode.ts';

const HEAD_BYTES = 1 << 20;
const ENGINE_FORMAT: Record<TableFormat, string> = {
  csv: 'CSV',
  parquet: 'Parquet',
  arrow: 'Arrow',
  arrow_stream: 'ArrowStream',
  jsonl: 'JSONEachRow',
};

/** A folder of plain names for the files, so that no character of a path means anything to the engine. */
export interface Workspace {
  readonly folder: string;
  dispose(): void;
}

export function openWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-check-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Finds out how the files are laid out, without reading more than their beginning.
 * @throws unreadable_table with the file and the reason.
 */
export async function openTable(
  engine: Engine,
  workspace: Workspace,
  side: string,
  pattern: string,
): Promise<Table> {
  const files = locate(pattern);
  const start = await head(files[0]!, HEAD_BYTES);
  if (start.length === 0) throw new TiltmeterError('unreadable_table', `${files[0]}: is empty`);
  const format = formatOf(files[0]!, start);
  const bytes =
    files.reduce((sum, file) => sum + statSync(file).size, 0) * (/\.(gz|zst)$/i.test(files[0]!) ? 6 : 1);
  if (format === 'csv') return openText(workspace, side, pattern, files, start, bytes);
  const path = linkFiles(workspace, side, files, format);
  if (format === 'jsonl') {
    const names = jsonNames(start.toString('utf8'), start.length < HEAD_BYTES);
    if (names.length === 0)
      throw new TiltmeterError('unreadable_table', `${pattern}: no JSON object was found in its beginning`);
    const structure = names.map((name) => `${identifier(name)} Nullable(String)`).join(', ');
    return {
      label: pattern,
      relation: `file(${literal(path)}, 'JSONEachRow', ${literal(structure)})`,
      settings:
        'SETTINGS input_format_json_read_numbers_as_strings=1, input_format_json_read_bools_as_strings=1, input_format_json_read_objects_as_strings=1, input_format_json_read_arrays_as_strings=1, input_format_skip_unknown_fields=1, input_format_allow_errors_ratio=0.01, input_format_json_throw_on_bad_escape_sequence=0',
      columns: names.map((name) => ({ name, sql: identifier(name), stored: 'text' })),
      roughRows: bytes / 200,
      notes: [],
    };
  }
  return openTyped(engine, pattern, path, format, bytes);
}

async function openText(
  workspace: Workspace,
  side: string,
  pattern: string,
  files: string[],
  start: Buffer,
  bytes: number,
): Promise<Table> {
  const encoding = encodingOf(start);
  const text = new TextDecoder(encoding).decode(start, { stream: true });
  const shape = textShape(text, start.length < HEAD_BYTES);
  if (shape.names.length === 0) throw new TiltmeterError('unreadable_table', `${pattern}: has no columns`);
  const notes: string[] = [];
  let path: string;
  if (encoding === 'utf-8') path = linkFiles(workspace, side, files, 'csv');
  else {
    for (const [i, file] of files.entries())
      await transcode(file, encoding, join(workspace.folder, `${side}_${i}.csv`));
    path = globOf(workspace, side, files.length, 'csv');
    notes.push(`read as ${encoding}`);
  }
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
  const columns: SourceColumn[] = shape.names.map((name, i) => ({ name, sql: `c${i}`, stored: 'text' }));
  return {
    label: pattern,
    relation: `file(${literal(path)}, 'CSV', ${literal(columns.map((column) => `${column.sql} Nullable(String)`).join(', '))})`,
    settings: `SETTINGS format_csv_delimiter=${literal(shape.delimiter)}, input_format_csv_skip_first_lines=${shape.header ? 1 : 0}, input_format_csv_allow_variable_number_of_columns=1, input_format_csv_use_best_effort_in_schema_inference=0, input_format_csv_trim_whitespaces=1, input_format_csv_allow_whitespace_or_tab_as_delimiter=0`,
    columns,
    roughRows: bytes / shape.rowBytes,
    notes,
  };
}

async function openTyped(
  engine: Engine,
  pattern: string,
  path: string,
  format: TableFormat,
  bytes: number,
): Promise<Table> {
  const relation = `file(${literal(path)}, '${ENGINE_FORMAT[format]}')`;
  const described = await engine
    .rows<[string, string]>(`DESCRIBE TABLE ${relation}`)
    .catch((error: unknown) => {
      throw new TiltmeterError(
        'unreadable_table',
        `${pattern}: ${error instanceof Error ? error.message : error}`,
        { cause: error },
      );
    });
  const roughRows =
    format === 'parquet'
      ? Number((await engine.rows<[number | string]>(`SELECT count() FROM ${relation}`))[0]![0])
      : bytes / Math.max(1, described.length * 8);
  return {
    label: pattern,
    relation,
    settings: '',
    columns: described.map(([name, type]) => ({ name, sql: identifier(name), stored: storedAs(type) })),
    roughRows,
    notes: [],
  };
}

function storedAs(type: string): SourceColumn['stored'] {
  const inner = type.replace(/^(Nullable|LowCardinality)\((.*)\)$/, '$2').replace(/^Nullable\((.*)\)$/, '$1');
  if (/^U?Int/.test(inner)) return 'integer';
  if (/^(Float|BFloat|Decimal)/.test(inner)) return 'number';
  if (inner === 'Bool') return 'boolean';
  if (/^(Date|Time)/.test(inner)) return 'time';
  if (/^(String|FixedString|Enum|UUID|IPv)/.test(inner)) return 'text';
  return 'other';
}

/** Compressed files keep their ending, from which the engine knows the compression. */
function linkFiles(workspace: Workspace, side: string, files: string[], format: TableFormat): string {
  const ending = `${format}${/\.(gz|zst|bz2|xz)$/i.exec(files[0]!)?.[0].toLowerCase() ?? ''}`;
  for (const [i, file] of files.entries())
    symlinkSync(file, join(workspace.folder, `${side}_${i}.${ending}`));
  return globOf(workspace, side, files.length, ending);
}

function globOf(workspace: Workspace, side: string, count: number, ending: string): string {
  return join(workspace.folder, count === 1 ? `${side}_0.${ending}` : `${side}_{0..${count - 1}}.${ending}`);
}

/** A text literal of the engine's SQL; the texts are ours or quoted names. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
