import type { CountedColumn } from '../count.ts';
import type { SourceColumn } from '../table/table.ts';
import { givenOf } from '../value-sql.ts';
import type { CountingSql } from './counting.ts';
import { NOTHING_COUNTED } from './nothing.ts';

/** Counts only how many values are missing. */
export function presenceSql(column: SourceColumn, i: number | ''): CountingSql {
  return {
    inner: `${givenOf(column)} AS g${i}`,
    aggregates: ['count()', `countIf(g${i})`],
    value: null,
  };
}

export function readPresence([rows, given]: readonly unknown[]): CountedColumn {
  const n = Number(rows);
  return { ...NOTHING_COUNTED, n, missing: n - Number(given) };
}
