import type { HeldTable } from '../../tables/columns/held-table.ts';
import { sortNumbers } from '../../tables/columns/sort-numbers.ts';
import type { TextColumn } from '../../tables/columns/text-column.ts';
import type { CountPlan } from '../count.ts';

/** The finite numbers of each planned column that is held (lengths of free text), ascending. */
export function sortedHeld({ columns }: HeldTable, plans: readonly CountPlan[]): Map<string, Float64Array> {
  return new Map(plans.map((plan) => [plan.name, sortedColumn(columns.get(plan.name)!, plan)]));
}

/** The same of one column. */
export function sortedColumn(column: TextColumn, { type }: Pick<CountPlan, 'type'>): Float64Array {
  return type === 'text' ? sortNumbers(column.lengths.filter(Number.isFinite)) : column.sorted;
}
