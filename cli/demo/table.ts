import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export type Cells = Readonly<Record<string, string>>;

/**
 * Rows of a data set that ships with Tiltmeter. The files are simple (no quotes, no commas inside values);
 * spaces around a value are no part of it, and lines that are not full rows (comments, a blank end) are none.
 */
export function dataset(name: string, columns?: readonly string[]): Cells[] {
  const file = join(import.meta.dirname, '../../datasets', name);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split(/\r?\n/);
  const header = columns ?? lines.shift()!.split(',');
  return lines
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter((cells) => cells.length === header.length)
    .map((cells) => Object.fromEntries(header.map((column, i) => [column, cells[i]!])));
}
