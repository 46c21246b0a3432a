import type { AxisSql } from '../axis.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import type { SourceColumn } from '../table/table.ts';
import {
  allCategoriesSql,
  knownCategoriesSql,
  readAllCategories,
  readKnownCategories,
} from './categories.ts';
import { numbersSql, readNumbers } from './numbers.ts';
import { presenceSql, readPresence } from './presence.ts';

/** A column of a table and how it is counted. */
export interface Wanted {
  readonly plan: CountPlan;
  readonly column: SourceColumn;
}

/** SQL that counts one column. */
export interface CountingSql {
  /** Reads the column, each expression once. */
  readonly inner: string;
  /** The first is the number of rows. */
  readonly aggregates: readonly string[];
  /** The inner column that holds the value as sampled rows have it: a number, or a category as text; null when there is none. */
  readonly value: string | null;
}

/** @param i makes the names of the inner columns unique. */
export function countingSql(
  { plan, column }: Wanted,
  axis: AxisSql | null,
  i: number | '',
  frequent: number,
): CountingSql {
  if (plan.presenceOnly) return presenceSql(column, i);
  if (axis) return numbersSql(axis, plan.type, column, i);
  return plan.known === null
    ? allCategoriesSql(plan, column, i, frequent)
    : knownCategoriesSql(plan.known, plan, column, i);
}

/** Reads what the aggregates came to. */
export function readCounts(plan: CountPlan, facts: readonly unknown[], frequent: number): CountedColumn {
  if (plan.presenceOnly) return readPresence(facts);
  if (plan.axis) return readNumbers(plan.axis, facts);
  return plan.known === null ? readAllCategories(facts, frequent) : readKnownCategories(plan.known, facts);
}
