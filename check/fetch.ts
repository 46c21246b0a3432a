import type { Engine } from '../tables/engine/engine.ts';
import type { PlannedColumn } from './plan.ts';
import type { Table } from './table/table.ts';
import { sortedNumbers } from './values.ts';

/** Tables of at most this many rows, and this many numbers in all, are compared value by value. */
const EXACT_ROWS = 200_000;
const EXACT_NUMBERS = 8_000_000;

/** The numbers of every compared column of both tables where they fit into memory; else null: the fine cells are used. */
export async function fetchNumbers(
  engine: Engine,
  tables: readonly [Table, Table],
  rows: readonly [number, number],
  planned: readonly PlannedColumn[],
): Promise<Map<string, readonly [Float64Array, Float64Array]> | null> {
  const plans = planned.filter(({ skip, plan }) => skip === null && plan.axis).map(({ plan }) => plan);
  if (Math.max(...rows) > EXACT_ROWS || (rows[0] + rows[1]) * plans.length > EXACT_NUMBERS) return null;
  const reference = await sortedNumbers(engine, tables[0], plans);
  const current = await sortedNumbers(engine, tables[1], plans);
  return new Map(plans.map(({ name }) => [name, [reference.get(name)!, current.get(name)!] as const]));
}
