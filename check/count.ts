import type { ColumnCounts } from '../stats/column-counts.ts';
import type { Engine } from '../tables/engine/engine.ts';
import { reading } from '../tables/engine/reading.ts';
import type { ColumnType } from '../tables/rules/infer.ts';
import type { Axis } from './axis.ts';
import { countByColumn } from './count/by-column.ts';
import { countInLongForm } from './count/in-long-form.ts';
import { countHeld } from './held/count-held.ts';
import { isShort } from './long.ts';
import type { SampledColumn, SampleWish } from './rows.ts';
import type { Table } from './table/table.ts';

/** How one column is to be counted: the same plan for the reference and for the current table. */
export interface CountPlan {
  readonly name: string;
  readonly type: ColumnType;
  /** Cells for numbers and for lengths of free text; null: categories. */
  readonly axis: Axis | null;
  /** Categories to count one by one; null: whatever there is, exact up to a thousand. */
  readonly known: readonly string[] | null;
  /** There are more categories than are counted one by one: all are counted by their slot too. */
  readonly crowded?: boolean;
  /** Some values are so long that they are told apart by their beginning. */
  readonly clipped: boolean;
  /** Only whether a value is there: identifiers, times, nested values. */
  readonly presenceOnly: boolean;
}

/** A column's counts on its plan's cells or categories, and the moments of its numbers. */
export interface CountedColumn extends ColumnCounts {
  readonly n: number;
  readonly mean: number | null;
  readonly variance: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Distinct values; null where they were not counted. */
  readonly distinct: number | null;
  /** Frequent values that are not known, most frequent first: at most 10, approximate. */
  readonly strangers: readonly string[];
  /** False when there are more categories than were counted: `known` must be given to count them exactly. */
  readonly complete: boolean;
}

/** Counts, and rows sampled in passing: null when none were wanted, or the table is read in a way that has none. */
export interface Counted {
  readonly counts: Map<string, CountedColumn>;
  readonly sampled: Map<string, SampledColumn> | null;
}

/**
 * Counts every planned column of a table: exact, with memory that does not grow with the rows.
 * A column that the table lacks is absent from the result.
 */
export async function countColumns(
  engine: Engine,
  table: Table,
  plans: readonly CountPlan[],
): Promise<Map<string, CountedColumn>> {
  return (await countAndSample(engine, table, plans, null)).counts;
}

/** Counts as `countColumns` does, and takes along the rows that are wanted where that saves reading the table once more. */
export async function countAndSample(
  engine: Engine,
  table: Table,
  plans: readonly CountPlan[],
  wish: SampleWish | null,
): Promise<Counted> {
  if (table.held) return countHeld(table.held, plans);
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const wanted = plans
    .filter((plan) => columns.has(plan.name))
    .map((plan) => ({ plan, column: columns.get(plan.name)! }));
  if (!isShort(table)) return countByColumn(engine, table, wanted, wish);
  return { counts: await countInLongForm(engine, table, wanted), sampled: null };
}

/** Rows of a table. */
export async function countRows(engine: Engine, table: Table): Promise<number> {
  if (table.held) return table.held.rows;
  const sql = `SELECT count() FROM ${table.relation} ${table.settings}`;
  const [row] = await reading(table, () => engine.rows<[number]>(sql));
  return Number(row![0]);
}
