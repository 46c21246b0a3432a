import type { HeldTable } from '../../tables/columns/held-table.ts';
import type { TextColumn } from '../../tables/columns/text-column.ts';
import type { CountPlan } from '../count.ts';
import type { SampledColumn, SampledRows } from '../rows.ts';
import { meaningOf } from './counted-texts.ts';

/**
 * At most `most` rows of a table that is held, as good as drawn at random, the same in every run: in the order of their keys,
 * or of the file.
 */
export function sampleHeld(
  held: HeldTable,
  plans: readonly CountPlan[],
  most: number,
  order: 'any' | 'file',
): SampledRows {
  const rows = drawnRows(held.rows, most, order);
  const wanted = plans.filter(({ name }) => held.columns.has(name));
  const columns = wanted.map(
    (plan) => [plan.name, valuesOf(held.columns.get(plan.name)!, plan, rows)] as const,
  );
  return { n: rows.length, columns: new Map(columns) };
}

function valuesOf(column: TextColumn, plan: CountPlan, rows: Uint32Array): SampledColumn {
  if (plan.axis) {
    const all = plan.type === 'text' ? column.lengths : column.numbers;
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = all[rows[i]!]!;
    return values;
  }
  const { codes, texts } = column.categories;
  const meaning = meaningOf(plan);
  const names = meaning === null ? texts : texts.map(meaning);
  return Array.from(rows, (row) => (codes[row] === 0 ? null : names[codes[row]! - 1]!));
}

/** The rows of the least keys. */
function drawnRows(n: number, most: number, order: 'any' | 'file'): Uint32Array {
  const keys = new Uint32Array(n);
  for (let row = 0; row < n; row++) keys[row] = keyOf(row);
  const greatest = n > most ? greatestOf(keys, most) : 0xffffffff;
  const drawn = new Uint32Array(Math.min(n, most));
  for (let row = 0, at = 0; row < n; row++) if (keys[row]! <= greatest) drawn[at++] = row;
  return order === 'file' ? drawn : drawn.sort((a, b) => keys[a]! - keys[b]!);
}

/** The greatest of so many least keys. Keys are spread evenly, so that these are nearly always among few low ones. */
function greatestOf(keys: Uint32Array, most: number): number {
  const share = Math.min(1, (2 * most) / keys.length);
  const low = keys.filter((key) => key <= share * 0xffffffff);
  return (low.length >= most ? low : keys.slice()).sort()[most - 1]!;
}

/** A key of 32 bits for each row, no two the same: its number, well mixed (lowbias32). */
function keyOf(row: number): number {
  let key = Math.imul(row ^ (row >>> 16), 0x7feb352d);
  key = Math.imul(key ^ (key >>> 15), 0x846ca68b);
  return (key ^ (key >>> 16)) >>> 0;
}
