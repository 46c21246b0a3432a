import { TiltmeterError } from '../../contract/errors.ts';
import { identifier } from '../../server/store/lake/identifier.ts';
import { literal } from '../sql.ts';
import { jsonNames } from './json-names.ts';
import { HEAD_BYTES, type Located } from './located.ts';
import { columnsPerTextPass, rowHash, textColumn } from './open-text.ts';
import type { Table } from './table.ts';
import { linkFiles, type Workspace } from './workspace.ts';

const SETTINGS = `SETTINGS input_format_json_read_numbers_as_strings=1, input_format_json_read_bools_as_strings=1,
  input_format_json_read_objects_as_strings=1, input_format_json_read_arrays_as_strings=1, input_format_skip_unknown_fields=1,
  input_format_allow_errors_ratio=0.01, input_format_json_throw_on_bad_escape_sequence=0`;

/** A table of JSON objects, one a line or in one array; every value is read as text, nested ones as JSON. */
export function openJson(
  workspace: Workspace,
  side: string,
  { pattern, files, start, bytes }: Located,
): Table {
  const names = jsonNames(start.toString('utf8'), start.length < HEAD_BYTES);
  if (names.length === 0)
    throw new TiltmeterError('unreadable_table', `${pattern}: no JSON object was found in its beginning`);
  const columns = names.map((name) => textColumn(name, identifier(name)));
  const structure = columns.map((column) => `${column.raw} Nullable(String)`).join(', ');
  const path = linkFiles(workspace, side, files, 'jsonl');
  return {
    label: pattern,
    relation: `file(${literal(path)}, 'JSONEachRow', ${literal(structure)})`,
    settings: SETTINGS,
    columns,
    roughRows: bytes / Math.max(2, lineBytes(start)),
    rowNumber: rowHash(columns),
    rowOrder: rowHash(columns),
    columnsPerPass: columnsPerTextPass(bytes),
    notes: [],
  };
}

/** Bytes of a line in the beginning of a file. */
function lineBytes(start: Buffer): number {
  let lines = 1;
  for (const byte of start) if (byte === 10) lines++;
  return start.length / lines;
}
