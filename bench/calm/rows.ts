import { type Random, randomInteger, shuffle } from '../../stats/random.ts';
import type { MemoryColumn, MemoryTable } from './tables.ts';

/** n rows drawn with replacement: a window of the same population. */
export function drawn(table: MemoryTable, n: number, next: Random): MemoryColumn[] {
  return picked(
    table,
    Uint32Array.from({ length: n }, () => randomInteger(next, table.rows)),
  );
}

/** Two samples of n rows each without a row in common; the table's halves when n is not given. */
export function halves(
  table: MemoryTable,
  next: Random,
  n = Math.floor(table.rows / 2),
): [MemoryColumn[], MemoryColumn[]] {
  const order = shuffle(Uint32Array.from({ length: table.rows }, (_, i) => i), next); // biome-ignore format: one call
  return [picked(table, order.slice(0, n)), picked(table, order.slice(n, 2 * n))];
}

export function picked(table: MemoryTable, rows: Uint32Array): MemoryColumn[] {
  return table.columns.map((column) => {
    const { values } = column;
    if (values instanceof Float64Array)
      return { ...column, values: Float64Array.from(rows, (row) => values[row]!) };
    return { ...column, values: Array.from(rows, (row) => values[row]!) };
  });
}
