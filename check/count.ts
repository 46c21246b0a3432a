import type { ColumnCounts } from '../stats/column-counts.ts';
import type { Axis } from './axis.ts';
import { countCategories } from './count/categories.ts';
import { countNumbers } from './count/numbers.ts';
import { countPresence } from './count/presence.ts';
import type { Engine } from './engine.ts';
import type { ColumnType } from './infer.ts';
import type { SourceColumn, Table } from './table/table.ts';

/** How one column is to be counted: the same plan for the reference and for the current table. */
export interface CountPlan {
  readonly name: string;
  readonly type: ColumnType;
  /** Cells for numbers and for lengths of free text; null: categories. */
  readonly axis: Axis | null;
  /** Categories to count one by one; null: whatever there is, exact up to a thousand. */
  readonly known: readonly string[] | null;
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

/** SQL that counts one column, and how its result is read. */
export interface ColumnCounting {
  /** Reads the column, each expression once. */
  readonly inner: string;
  readonly aggregates: readonly string[];
  read(n: number, facts: readonly unknown[]): CountedColumn;
}

/** What a column without any count has. */
export const NOTHING_COUNTED = {
  invalid: 0,
  grid: new Map<number, number>(),
  counts: new Map<string, number>(),
  other: 0,
  mean: null,
  variance: null,
  min: null,
  max: null,
  distinct: null,
  strangers: [],
  complete: true,
} satisfies Omit<CountedColumn, 'n' | 'missing'>;

/**
 * Counts every planned column of a table in few passes: exact, with memory that does not grow with the rows.
 * A column that the table lacks is absent from the result.
 */
export async function countColumns(
  engine: Engine,
  table: Table,
  plans: readonly CountPlan[],
): Promise<Map<string, CountedColumn>> {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const present = plans.filter((plan) => columns.has(plan.name));
  const result = new Map<string, CountedColumn>();
  for (let at = 0; at < present.length; at += table.columnsPerPass) {
    const pass = present.slice(at, at + table.columnsPerPass);
    const parts = pass.map((plan, i) => counting(plan, columns.get(plan.name)!, i));
    const inner = parts.map((part) => part.inner).join(', ');
    const outer = parts.map((part) => `tuple(${part.aggregates.join(', ')})`).join(', ');
    const [row] = await engine.rows<unknown[]>(
      `SELECT count(), ${outer} FROM (SELECT ${inner} FROM ${table.relation}) ${table.settings}`,
    );
    pass.forEach((plan, i) => {
      result.set(plan.name, parts[i]!.read(Number(row![0]), row![i + 1] as unknown[]));
    });
  }
  return result;
}

function counting(plan: CountPlan, column: SourceColumn, i: number): ColumnCounting {
  if (plan.presenceOnly) return countPresence(column, i);
  return plan.axis ? countNumbers(plan.axis, plan.type, column, i) : countCategories(plan, column, i);
}

/** Rows of a table. */
export async function countRows(engine: Engine, table: Table): Promise<number> {
  const [row] = await engine.rows<[number]>(`SELECT count() FROM ${table.relation} ${table.settings}`);
  return Number(row![0]);
}
