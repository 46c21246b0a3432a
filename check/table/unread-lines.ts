import { createInterface } from 'node:readline';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import { decompressed } from '../../tables/files/decompressed.ts';
import { withoutNaN } from '../../tables/json/json-shape.ts';
import type { Table } from './table.ts';

/** More lines than this share that cannot be read: the file is broken, not a line. */
const MOST = 0.01;

/**
 * What is to be said of lines that hold no JSON object, which the engine passes over; null: there are none.
 * @param rows how many rows were read.
 * @throws unreadable_table when they are more than a hundredth.
 */
export async function unreadLines(engine: Engine, table: Table, rows: number): Promise<string | null> {
  const { lines, files = [] } = table;
  if (lines === undefined) return null;
  const sql = `SELECT count() FROM ${lines} WHERE notEmpty(trimBoth(line))`;
  const [found] = await reading(table, () => engine.rows<[number]>(sql));
  const all = Number(found![0]);
  const lost = all - rows;
  if (lost <= 0) return null;
  const place = await firstBroken(files);
  const told = `${lost} of ${all} ${all === 1 ? 'line' : 'lines'} could not be read as JSON objects${place}`;
  if (lost > MOST * all) throw new TiltmeterError('unreadable_table', `${table.label}: ${told}`);
  return `has lines that are left out: ${told}`;
}

async function firstBroken(files: readonly string[]): Promise<string> {
  for (const file of files) {
    let number = 0;
    for await (const line of createInterface({ input: decompressed(file) })) {
      number++;
      if (line.trim() !== '' && !isObject(line))
        return `, the first is line ${number}${files.length > 1 ? ` of ${file}` : ''}`;
    }
  }
  return '';
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(withoutNaN(line.replace(/^\uFEFF/, '')));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
