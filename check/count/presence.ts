import { type ColumnCounting, NOTHING_COUNTED } from '../count.ts';
import type { SourceColumn } from '../table/table.ts';
import { givenOf } from '../value-sql.ts';

/** Counts only how many values are missing. */
export function countPresence(column: SourceColumn, i: number): ColumnCounting {
  return {
    inner: `${column.stored === 'other' ? '1' : givenOf(column)} AS g${i}`,
    aggregates: [`countIf(g${i})`],
    read: (n, [given]) => ({ ...NOTHING_COUNTED, n, missing: n - Number(given) }),
  };
}
