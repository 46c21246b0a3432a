import { parse } from 'csv-parse/sync';
import { TiltmeterError } from '../../../contract/errors.ts';
import { parseBody } from '../../events/doors/json.ts';

/** What a cell of a file holds before its column's type is known. Text of CSV is `raw`: it may stand for a number. */
export type FileCell = number | string | boolean | null | undefined;

export interface FileTable {
  /** Cells by column, all of the same length; undefined where a row has no such field. */
  readonly columns: ReadonlyMap<string, readonly FileCell[]>;
  readonly rows: number;
  /** Rows that could not be read. */
  readonly rejected: number;
  /** Cells are text whatever they mean, as in CSV. */
  readonly text: boolean;
}

const CSV = new Set(['text/csv', 'text/tab-separated-values', 'application/csv']);
const OUTPUTS = ['prediction', 'score', 'label'] as const;

/**
 * The rows of a reference file: CSV (first line: names) or TSV by content type, else JSON or NDJSON, one object per row;
 * an object with `features` is read like a prediction. Errors: empty_body, invalid_json, invalid_request (not a table).
 */
export function readTable(body: Uint8Array, contentType: string | undefined): FileTable {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (CSV.has(type)) return readCsv(body, type === 'text/tab-separated-values' ? '\t' : ',');
  const format = /ndjson|jsonl/.test(type) ? 'ndjson' : 'json';
  const rows: Record<string, unknown>[] = [];
  let rejected = 0;
  for (const event of parseBody(body, format, 1024 * 1024).events) {
    if ('value' in event && isObject(event.value)) rows.push(flat(event.value));
    else rejected++;
  }
  return { ...gather(rows), rejected, text: false };
}

function readCsv(body: Uint8Array, delimiter: string): FileTable {
  let rejected = 0;
  let lines: string[][];
  try {
    lines = parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength), {
      bom: true,
      delimiter,
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (error) {
    throw new TiltmeterError('invalid_request', `the table cannot be read: ${(error as Error).message}`);
  }
  const [header, ...rows] = lines;
  if (header === undefined || rows.length === 0) {
    throw new TiltmeterError('empty_body', 'the table has no rows under its header');
  }
  const names = header.map((name) => name.trim());
  const columns = new Map(names.map((name): [string, FileCell[]] => [name, []]));
  if (columns.size !== names.length) {
    throw new TiltmeterError('invalid_request', 'two columns of the table have the same name');
  }
  for (const row of rows) {
    if (row.length !== names.length) rejected++;
    else for (const [i, name] of names.entries()) columns.get(name)!.push(row[i]!);
  }
  return { columns, rows: rows.length - rejected, rejected, text: true };
}

function gather(rows: readonly Record<string, unknown>[]): Pick<FileTable, 'columns' | 'rows'> {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return {
    rows: rows.length,
    columns: new Map([...names].map((name) => [name, rows.map((row) => row[name] as FileCell)])),
  };
}

/** A prediction's features and outputs side by side; a plain row as it is. */
function flat(row: Record<string, unknown>): Record<string, unknown> {
  if (!isObject(row.features)) return row;
  const outputs = OUTPUTS.filter((name) => row[name] !== undefined).map((name) => [`_${name}`, row[name]]);
  return { ...row.features, ...Object.fromEntries(outputs) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
