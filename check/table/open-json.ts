import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import { literal } from '../../tables/engine/sql.ts';
import type { Workspace } from '../../tables/engine/workspace.ts';
import { compressionOf } from '../../tables/files/compression.ts';
import { HEAD_BYTES, head } from '../../tables/files/head.ts';
import { tail } from '../../tables/files/tail.ts';
import { identifier } from '../../tables/identifier.ts';
import { type JsonShape, jsonShape, mustBeJsonTable, withoutNaN } from '../../tables/json/json-shape.ts';
import { encodingOf } from '../../tables/text/encoding.ts';
import type { Located } from './located.ts';
import { columnsPerTextPass, textColumn } from './open-text.ts';
import { plainText } from './plain-text.ts';
import { keyOfPlace } from './row-key.ts';
import type { Table } from './table.ts';

/** Lines that are no objects are passed over and counted afterwards; in a list there is no telling where one ends. */
function settingsOf(lines: boolean): string {
  return `SETTINGS input_format_json_read_numbers_as_strings=1, input_format_json_read_bools_as_strings=1,
  input_format_json_read_objects_as_strings=1, input_format_json_read_arrays_as_strings=1, input_format_skip_unknown_fields=1,
  input_format_allow_errors_num=${lines ? 4_000_000_000 : 0}, input_format_allow_errors_ratio=${lines ? 1 : 0},
  input_format_json_throw_on_bad_escape_sequence=0`;
}

const TAIL_BYTES = 1 << 18;
/** Files of a glob whose beginnings are looked at for keys. */
const MOST_FILES = 100;

/** A table of JSON objects, one a line or in one list; every value is read as text, nested ones as JSON. */
export async function openJson(
  engine: Engine,
  workspace: Workspace,
  side: string,
  located: Located,
): Promise<Table> {
  const { pattern, files, start, bytes } = located;
  const encoding = encodingOf(start);
  const shape = await shapeOf(located);
  mustBeJsonTable(pattern, shape);
  const columns = shape.names.map((name) => ({
    ...textColumn(name, identifier(name)),
    ...(shape.nested.has(name) ? ({ stored: 'other' } as const) : {}),
  }));
  const structure = columns.map((column) => `${column.raw} Nullable(String)`).join(', ');
  const { path: given } = await plainText(workspace, side, files, 'jsonl', { encoding });
  const notNumbers = await reading({ label: pattern }, () => holdsNaN(engine, given));
  const path = notNumbers
    ? (await plainText(workspace, `${side}_plain`, files, 'jsonl', { encoding, line: withoutNaN })).path
    : given;
  return {
    label: pattern,
    relation: `file(${literal(path)}, 'JSONEachRow', ${literal(structure)})`,
    ...(shape.lines
      ? {
          lines: `file(${literal(path)}, 'LineAsString', 'line String')`,
          files: encoding === 'utf-8' ? files : [],
        }
      : {}),
    settings: settingsOf(shape.lines),
    columns,
    roughRows: bytes / Math.max(2, lineBytes(start)),
    // A line that is passed over may cost its neighbours their numbers, where pieces of a file are read side by side.
    ...keyOfPlace(columns, files, columns),
    columnsPerPass: columnsPerTextPass(bytes),
    notes: notNumbers ? ['holds NaN or Infinity, which JSON does not have; NaN is read as missing'] : [],
  };
}

/** Keys are looked for at both ends of the first file, and at the beginning of the others. */
async function shapeOf({ files, start }: Located): Promise<JsonShape> {
  const text = (bytes: Buffer) => new TextDecoder(encodingOf(start)).decode(bytes, { stream: true });
  const pieces = [text(start)];
  if (start.length >= HEAD_BYTES && compressionOf(files[0]!) === null)
    pieces.push(text(tail(files[0]!, TAIL_BYTES)));
  for (const file of files.slice(1, MOST_FILES)) pieces.push(text(await head(file, TAIL_BYTES)));
  return jsonShape(pieces, start.length < HEAD_BYTES);
}

/** Whether NaN or Infinity may stand in it, as Python writes them. */
async function holdsNaN(engine: Engine, path: string): Promise<boolean> {
  const sql = `SELECT 1 FROM file(${literal(path)}, 'LineAsString', 'line String') WHERE multiSearchAny(line, ['NaN', 'Infinity']) LIMIT 1`;
  return (await engine.rows(sql)).length > 0;
}

/** Bytes of a line in the beginning of a file. */
function lineBytes(start: Buffer): number {
  let lines = 1;
  for (const byte of start) if (byte === 10) lines++;
  return start.length / lines;
}
