import { categorySlot, SLOTS } from '../../stats/category-slot.ts';
import type { HeldTable } from '../../tables/columns/held-table.ts';
import type { TextColumn } from '../../tables/columns/text-column.ts';
import { type Axis, cellOf } from '../axis.ts';
import { STRANGERS } from '../count/categories.ts';
import { NOTHING_COUNTED } from '../count/nothing.ts';
import { finiteOrNull } from '../count/numbers.ts';
import type { Counted, CountedColumn, CountPlan } from '../count.ts';
import { frequentIn } from '../survey-sql.ts';
import { type CountedText, countedTexts, meaningOf, mostFrequent } from './counted-texts.ts';
import { sortedColumn } from './sorted-held.ts';

/** Counts columns that are held, as the engine counts others. No rows are taken along: they are at hand. */
export function countHeld(held: HeldTable, plans: readonly CountPlan[]): Counted {
  const counts = new Map<string, CountedColumn>();
  for (const plan of plans) {
    const column = held.columns.get(plan.name);
    if (column) counts.set(plan.name, countColumn(column, held.rows, plan));
  }
  return { counts, sampled: null };
}

function countColumn(column: TextColumn, n: number, plan: CountPlan): CountedColumn {
  const { missing } = column.facts(plan.name);
  if (plan.presenceOnly) return { ...NOTHING_COUNTED, n, missing };
  if (plan.axis) {
    const numbers = sortedColumn(column, plan);
    return { ...onAxis(plan.axis, numbers), n, missing, invalid: n - missing - numbers.length };
  }
  const counted = countedTexts(column.categories, meaningOf(plan));
  const all = { ...NOTHING_COUNTED, n, missing };
  if (plan.known !== null)
    return { ...all, ...amongKnown(counted, new Set(plan.known), plan.crowded === true) };
  // As many as are listed by name; a column that has more is counted again by these.
  const most = frequentIn(n);
  const counts = new Map(mostFrequent(counted, most + 1));
  return { ...all, counts, distinct: counts.size, complete: counted.length <= most };
}

function amongKnown(counted: readonly CountedText[], known: ReadonlySet<string>, crowded: boolean) {
  const slots = new Array<number>(SLOTS).fill(0);
  if (crowded) for (const [name, count] of counted) slots[categorySlot(name)]! += count;
  const others = counted.filter(([name]) => !known.has(name));
  return {
    counts: new Map(counted.filter(([name]) => known.has(name))),
    other: others.reduce((sum, [, count]) => sum + count, 0),
    distinct: counted.length,
    strangers: mostFrequent(others, STRANGERS).map(([name]) => name),
    ...(crowded ? { slots } : {}),
  };
}

/** Ascending numbers on the cells of an axis, with moments around its centre, so that no digits cancel. */
function onAxis(axis: Axis, numbers: Float64Array): CountedColumn {
  const n = numbers.length;
  const nothing = { ...NOTHING_COUNTED, n, missing: 0 };
  if (n === 0) return nothing;
  const { center, step } = axis;
  const grid = new Map<number, number>();
  for (let at = 0; at < n; ) {
    const cell = cellOf(numbers[at]!, axis);
    const end = endOfCell(numbers, at, cell, axis);
    grid.set(cell, end - at);
    at = end;
  }
  let sum = 0;
  // By place, which is several times faster than `of` in a loop that runs seldom.
  for (let i = 0; i < n; i++) sum += (numbers[i]! - center) / step;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const gap = (numbers[i]! - center) / step - mean;
    squares += gap * gap;
  }
  const [min, max] = [numbers[0]!, numbers[n - 1]!];
  return {
    ...nothing,
    grid,
    mean: finiteOrNull(center + step * mean),
    variance: finiteOrNull(step * step * (squares / n)),
    min,
    max,
    distinct: min === max ? 1 : null,
  };
}

/** Behind the last number of a cell, found in strides that double and then halve. */
function endOfCell(numbers: Float64Array, from: number, cell: number, axis: Axis): number {
  let last = from;
  let stride = 1;
  for (; last + stride < numbers.length && cellOf(numbers[last + stride]!, axis) === cell; stride *= 2)
    last += stride;
  for (; stride >= 1; stride /= 2)
    if (last + stride < numbers.length && cellOf(numbers[last + stride]!, axis) === cell) last += stride;
  return last + 1;
}
