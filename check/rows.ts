import { categoryOf } from './count/categories.ts';
import type { CountPlan } from './count.ts';
import type { Engine } from './engine.ts';
import { RowBinaryReader } from './row-binary.ts';
import { reading } from './table/reading.ts';
import type { Table } from './table/table.ts';
import { lengthOf, MISSING_WORDS, numberOf } from './value-sql.ts';

/** A column of sampled rows: NaN or null is missing; lengths stand for free text. */
export type SampledColumn = Float64Array | readonly (string | null)[];

/** Rows of a table, column by column, all of the same length. */
export interface SampledRows {
  readonly n: number;
  readonly columns: ReadonlyMap<string, SampledColumn>;
}

/** Rows that are wanted of a table: the columns by name, and how many rows at most. */
export interface SampleWish {
  readonly names: ReadonlySet<string>;
  readonly most: number;
}

/** Whether a row is among about `most` that are spread evenly over the table, as SQL. */
export function everySql(table: Table, most: number): string {
  const every = Math.max(1, Math.ceil(table.roughRows / most));
  return every > 1 ? `${table.rowNumber} % ${every} = 0` : '1';
}

/**
 * At most `most` rows, spread evenly over the table, the same in every run; in the file's order when asked for, which is
 * slower. Numbers of numeric columns, lengths of free
 * text, categories as text. A column that the table lacks is absent.
 */
export async function sampleRows(
  engine: Engine,
  table: Table,
  plans: readonly CountPlan[],
  most: number,
  order: 'any' | 'file' = 'any',
): Promise<SampledRows> {
  const sources = new Map(table.columns.map((column) => [column.name, column]));
  const wanted = plans.filter(({ name }) => sources.has(name));
  const values = wanted.map((plan) => {
    const column = sources.get(plan.name)!;
    if (plan.type === 'text') return lengthOf(column);
    return plan.axis ? numberOf(column) : `ifNull(toString(${categoryOf(plan, column)}), '')`;
  });
  const where = `WHERE ${everySql(table, most)}`;
  const sorted = order === 'any' && table.rowOrder ? `ORDER BY ${table.rowOrder}` : '';
  const settings =
    order === 'any'
      ? table.settings
      : `${table.settings || 'SETTINGS'}${table.settings ? ',' : ''} max_threads=1`;
  const sql = `SELECT ${values.join(', ')} FROM ${table.relation} ${where} ${sorted} LIMIT ${most} ${settings}`;
  const reader = new RowBinaryReader(await reading(table, () => engine.binary(sql)));
  const read = wanted.map(
    ({ axis }) => (axis ? [] : ([] as (string | null)[])) as (number | string | null)[],
  );
  let n = 0;
  for (; wanted.length > 0 && !reader.done; n++) {
    for (let c = 0; c < wanted.length; c++) {
      if (wanted[c]!.axis) read[c]!.push(reader.float64());
      else {
        const text = reader.text();
        read[c]!.push(MISSING_WORDS.has(text) ? null : text);
      }
    }
  }
  const columns = wanted.map(
    ({ name, axis }, c) =>
      [name, axis ? Float64Array.from(read[c] as number[]) : (read[c] as (string | null)[])] as const,
  );
  return { n, columns: new Map(columns) };
}
