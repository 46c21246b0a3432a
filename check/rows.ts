import type { Engine } from '../tables/engine/engine.ts';
import { reading } from '../tables/engine/reading.ts';
import { MISSING_WORDS } from '../tables/rules/missing.ts';
import { categoryOf } from './count/categories.ts';
import type { CountPlan } from './count.ts';
import { sampleHeld } from './held/sample-held.ts';
import { RowBinaryReader } from './row-binary.ts';
import { inOneThread, keyedSettings } from './table/row-key.ts';
import type { Table } from './table/table.ts';
import { lengthOf, numberOf } from './value-sql.ts';

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

/** Whether a row is among about `most` that are drawn from the whole table, as SQL. */
export function everySql(table: Table, most: number): string {
  const every = Math.max(1, Math.ceil(table.roughRows / most));
  return every > 1 ? `${table.rowKey} % ${every} = 0` : '1';
}

/**
 * At most `most` rows, drawn from the whole table, the same in every run: in the order of their keys, or in the file's
 * order when asked for, which is slower. Numbers of numeric columns, lengths of free text, categories as text. A column
 * that the table lacks is absent.
 */
export async function sampleRows(
  engine: Engine,
  table: Table,
  plans: readonly CountPlan[],
  most: number,
  order: 'any' | 'file' = 'any',
): Promise<SampledRows> {
  if (table.held) return sampleHeld(table.held, plans, most, order);
  const sources = new Map(table.columns.map((column) => [column.name, column]));
  const wanted = plans.filter(({ name }) => sources.has(name));
  const values = wanted.map((plan) => {
    const column = sources.get(plan.name)!;
    if (plan.type === 'text') return lengthOf(column);
    return plan.axis ? numberOf(column) : `ifNull(toString(${categoryOf(plan, column)}), '')`;
  });
  const read = `SELECT toFloat64(${table.rowKey}), ${values.join(', ')} FROM ${table.relation} WHERE ${everySql(table, most)}`;
  const sql =
    order === 'any'
      ? `${read} ORDER BY ${table.rowKey} LIMIT ${most} ${keyedSettings(table)}`
      : `${read} ${inOneThread(table.settings)}`;
  return decoded(await reading(table, () => engine.binary(sql)), wanted, most);
}

/** Rows that begin with their key; those of the least keys where there are more than `most`. */
function decoded(bytes: Uint8Array, plans: readonly CountPlan[], most: number): SampledRows {
  const reader = new RowBinaryReader(bytes);
  const keys: number[] = [];
  const read = plans.map((): (number | string | null)[] => []);
  while (!reader.done) {
    keys.push(reader.float64());
    for (let c = 0; c < plans.length; c++) {
      if (plans[c]!.axis) read[c]!.push(reader.float64());
      else {
        const text = reader.text();
        read[c]!.push(MISSING_WORDS.has(text) ? null : text);
      }
    }
  }
  const greatest = keys.length > most ? Float64Array.from(keys).sort()[most - 1]! : Number.POSITIVE_INFINITY;
  const kept = (values: readonly (number | string | null)[]) =>
    keys.length > most ? values.filter((_, row) => keys[row]! <= greatest) : values;
  const columns = plans.map(({ name, axis }, c) => {
    const values = kept(read[c]!);
    return [name, axis ? Float64Array.from(values as number[]) : (values as (string | null)[])] as const;
  });
  return { n: Math.min(keys.length, most), columns: new Map(columns) };
}
