import type { ColumnCounts } from '../stats/column-counts.ts';
import { type Axis, cellSql, HALF } from './axis.ts';
import type { Engine } from './engine.ts';
import type { ColumnType } from './infer.ts';
import { numberOf, textOf } from './survey.ts';
import { literal } from './table/open.ts';
import type { SourceColumn, Table } from './table/table.ts';

/** How one column is to be counted: the same plan for the reference and for the current table. */
export interface CountPlan {
  readonly name: string;
  readonly type: ColumnType;
  /** Numbers, and lengths of free text. */
  readonly axis: Axis | null;
  /** Categories to count one by one; null: count what there is (a reference of few categories). */
  readonly known: readonly string[] | null;
}

/** A column's counts on its plan's cells or categories, and the moments of its numbers. */
export interface CountedColumn extends ColumnCounts {
  readonly n: number;
  readonly mean: number | null;
  readonly variance: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly distinct: number;
  /** Frequent values that are not known, most frequent first: at most 10, approximate. */
  readonly strangers: readonly string[];
}

const CHUNK = 200;
/** Stands for every category that is not known; no value of a file reads like this. */
const STRANGER = '\u0000';
const LONGEST = 200;

/**
 * Counts every planned column of a table in one pass for each 200 columns: exact, with memory that does not grow with
 * the rows. A column that the table lacks is absent from the result.
 */
export async function countColumns(
  engine: Engine,
  table: Table,
  plans: readonly CountPlan[],
): Promise<Map<string, CountedColumn>> {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const present = plans.filter((plan) => columns.has(plan.name));
  const result = new Map<string, CountedColumn>();
  for (let at = 0; at < present.length; at += CHUNK) {
    const chunk = present.slice(at, at + CHUNK);
    const select = chunk
      .map((plan) => `tuple(${aggregates(plan, columns.get(plan.name)!).join(', ')})`)
      .join(', ');
    const [row] = await engine.rows<unknown[][]>(`SELECT ${select} FROM ${table.relation} ${table.settings}`);
    chunk.forEach((plan, i) => {
      result.set(plan.name, toCounts(plan, (row as unknown[])[i] as unknown[]));
    });
  }
  return result;
}

/** Rows of a table. */
export async function countRows(engine: Engine, table: Table): Promise<number> {
  const [row] = await engine.rows<[number]>(`SELECT count() FROM ${table.relation} ${table.settings}`);
  return Number(row![0]);
}

function aggregates(plan: CountPlan, column: SourceColumn): string[] {
  if (plan.axis) {
    const number = plan.type === 'text' ? `toFloat64(lengthUTF8(${textOf(column)}))` : numberOf(column);
    const given =
      column.stored === 'text'
        ? textOf(column)
        : column.stored === 'number'
          ? `if(isNaN(${column.sql}), NULL, ${column.sql})`
          : column.sql;
    const x = column.stored === 'integer' ? number : `if(isFinite(${number}), ${number}, NULL)`;
    return [
      'count()',
      `count(${given})`,
      `count(${x})`,
      `avg(${x})`,
      `varPopStable(${x})`,
      `min(${x})`,
      `max(${x})`,
      `countResample(-${HALF}, ${HALF}, 1)(${x}, assumeNotNull(${cellSql(x, plan.axis)}))`,
    ];
  }
  const value = category(plan, column);
  if (plan.known === null) {
    return [
      'count()',
      `count(${value})`,
      `sumMap(map(assumeNotNull(${value}), isNotNull(${value})))`,
      "''",
      '0',
    ];
  }
  const known = plan.known.length === 0 ? '0' : `${value} IN (${plan.known.map(literal).join(', ')})`;
  const named = `if(${known}, assumeNotNull(${value}), ${literal(STRANGER)})`;
  return [
    'count()',
    `count(${value})`,
    `sumMap(map(${named}, isNotNull(${value})))`,
    `approx_top_k(10, 100)(if(${known}, NULL, ${value}))`,
    `uniq(${value})`,
  ];
}

/** A category as text. Booleans come as true/false or 0/1 whatever the format spells. */
function category(plan: CountPlan, column: SourceColumn): string {
  if (column.stored === 'number') return `if(isNaN(${column.sql}), NULL, toString(${column.sql}))`;
  const text = textOf(column);
  return plan.type === 'boolean' ? `lower(${text})` : `substringUTF8(${text}, 1, ${LONGEST})`;
}

function toCounts(plan: CountPlan, fact: unknown[]): CountedColumn {
  const n = Number(fact[0]);
  const given = Number(fact[1]);
  if (plan.axis) {
    const numbers = Number(fact[2]);
    const cells = fact[7] as (number | string)[];
    const grid = new Map<number, number>();
    cells.forEach((count, i) => {
      if (Number(count) > 0) grid.set(i - HALF, Number(count));
    });
    const maybe = (i: number) => (numbers === 0 || fact[i] === null ? null : Number(fact[i]));
    return {
      n,
      missing: n - given,
      invalid: given - numbers,
      grid,
      counts: new Map(),
      other: 0,
      mean: maybe(3),
      variance: maybe(4),
      min: maybe(5),
      max: maybe(6),
      distinct: grid.size,
      strangers: [],
    };
  }
  const counts = new Map(
    Object.entries(fact[2] as Record<string, number | string>).map(([name, count]) => [name, Number(count)]),
  );
  for (const [name, count] of counts) if (count === 0) counts.delete(name);
  const other = counts.get(STRANGER) ?? 0;
  counts.delete(STRANGER);
  const strangers = Array.isArray(fact[3])
    ? (fact[3] as [string | null, number][]).filter(([name]) => name !== null).map(([name]) => name as string)
    : [];
  return {
    n,
    missing: n - given,
    invalid: 0,
    grid: new Map(),
    counts,
    other,
    mean: null,
    variance: null,
    min: null,
    max: null,
    distinct: plan.known === null ? counts.size : Number(fact[4]),
    strangers,
  };
}
