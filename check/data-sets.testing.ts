import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Real data sets. Those whose licence allows it ship with the project; the others are used where a copy stands beside the checkout. */
const SHIPPED = join(import.meta.dirname, '../datasets');
const BESIDE = join(import.meta.dirname, '../../shared/data');

/** The file of a data set: the copy beside the checkout, else the one that ships, else undefined. */
export function dataSet(beside: string, shipped?: string): string | undefined {
  const candidates = [join(BESIDE, beside), ...(shipped === undefined ? [] : [join(SHIPPED, shipped)])];
  return candidates.find((file) => existsSync(file));
}

/** A delimited file as lines, so that rows can be chosen without changing a byte of them. */
export interface Lines {
  /** Null: the file has none. */
  readonly header: string | null;
  readonly rows: readonly string[];
  /** The value of a column in a row; no field before it may hold a comma. */
  value(row: string, column: string): string;
}

/** Reads a file whose fields hold no line ends. */
export function linesOf(file: string, hasHeader: boolean): Lines {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const lines = text.trimEnd().split(/\r?\n/);
  const header = hasHeader ? lines.shift()! : null;
  const names = header?.replaceAll('"', '').split(',') ?? [];
  return { header, rows: lines, value: (row, column) => row.split(',')[names.indexOf(column)]! };
}

/** Lines as a file again. */
export function fileOf({ header }: Lines, rows: readonly string[]): string {
  return `${[...(header === null ? [] : [header]), ...rows].join('\n')}\n`;
}
