import { MISSING_WORDS } from '../../tables/rules/missing.ts';
import type { CountPlan } from '../count.ts';
import { everySql, type SampledColumn, type SampleWish } from '../rows.ts';
import type { Table } from '../table/table.ts';

/** SQL that gathers sampled rows in passing, while a statement counts every row. */
export interface PassingSampleSql {
  readonly inner: string;
  readonly aggregate: string;
}

/** Whether a table's rows keep their keys when several threads read, so that the columns of several passes fit together. */
export function canSampleInPassing(table: Table): boolean {
  return !table.keyInOrder;
}

/**
 * The same rows in the same order as `sampleRows` takes, without another pass over the table.
 * @param values names of inner columns.
 */
export function passingSampleSql(
  table: Table,
  { most }: SampleWish,
  values: readonly string[],
): PassingSampleSql {
  const gathered = `groupArrayIf((row_key, tuple(${values.join(', ')})), row_is_sampled)`;
  return {
    inner: `${table.rowKey} AS row_key, ${everySql(table, most)} AS row_is_sampled`,
    aggregate: `arrayMap(row -> row.2, arraySlice(arraySort(row -> row.1, ${gathered}), 1, ${most}))`,
  };
}

/** One column of the gathered rows: NaN or null is missing; an infinite number too. */
export function readPassingSample(
  plan: CountPlan,
  rows: readonly (readonly unknown[])[],
  at: number,
): SampledColumn {
  if (plan.axis) return Float64Array.from(rows, (row) => (row[at] === null ? Number.NaN : Number(row[at])));
  return rows.map((row) => {
    const text = row[at] as string | null;
    return text === null || MISSING_WORDS.has(text) ? null : text;
  });
}
