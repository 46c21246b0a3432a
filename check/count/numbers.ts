import type { ColumnType } from '../../tables/rules/infer.ts';
import { type Axis, type AxisSql, cellSql, HALF, offsetSql } from '../axis.ts';
import type { CountedColumn } from '../count.ts';
import type { SourceColumn } from '../table/table.ts';
import { givenOf, lengthOf, numberOf } from '../value-sql.ts';
import type { CountingSql } from './counting.ts';
import { NOTHING_COUNTED } from './nothing.ts';

/**
 * Counts numbers (or lengths of free text) on the cells of an axis, with exact moments and extremes. A value that is
 * given but no finite number is invalid. The variance is computed around the axis's centre, so that no digits cancel.
 */
export function numbersSql(
  axis: AxisSql,
  type: ColumnType,
  column: SourceColumn,
  i: number | '',
): CountingSql {
  const v = `v${i}`;
  const finite = `isFinite(${v})`;
  const z = offsetSql(v, axis);
  const typed = type !== 'text' && column.stored !== 'text';
  return {
    inner: `${type === 'text' ? lengthOf(column) : numberOf(column)} AS ${v}${typed ? '' : `, ${givenOf(column)} AS g${i}`}`,
    aggregates: [
      'count()',
      typed ? `countIf(NOT isNaN(${v}))` : `countIf(g${i})`,
      `countIf(${finite})`,
      `avgIf(${z}, ${finite})`,
      `varPopIf(${z}, ${finite})`,
      `minIf(${v}, ${finite})`,
      `maxIf(${v}, ${finite})`,
      `countResample(${-HALF}, ${HALF}, 1)(1, ${cellSql(v, axis)})`,
    ],
    value: v,
  };
}

export function readNumbers(axis: Axis, facts: readonly unknown[]): CountedColumn {
  const n = Number(facts[0]);
  const given = Number(facts[1]);
  const numbers = Number(facts[2]);
  const maybe = (fact: unknown) => (numbers === 0 || fact === null ? null : Number(fact));
  const mean = maybe(facts[3]);
  const variance = maybe(facts[4]);
  const min = maybe(facts[5]);
  const max = maybe(facts[6]);
  const grid = new Map<number, number>();
  (facts[7] as number[]).forEach((count, cell) => {
    if (Number(count) > 0) grid.set(cell - HALF, Number(count));
  });
  return {
    ...NOTHING_COUNTED,
    n,
    missing: n - given,
    invalid: given - numbers,
    grid,
    mean: mean === null ? null : finiteOrNull(axis.center + axis.step * mean),
    variance: variance === null ? null : finiteOrNull(axis.step * axis.step * variance),
    min,
    max,
    distinct: min !== null && min === max ? 1 : null,
  };
}

/** Sums of huge numbers may overflow; a report holds no infinity. */
export function finiteOrNull(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}
