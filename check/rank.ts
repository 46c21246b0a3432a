import type { CheckColumn } from '../contract/check.ts';
import { failed } from './report/order.ts';
import type { JudgedColumn } from './verdict.ts';

/**
 * Columns in the file's order, each with its rank (1 = look here first): those that fail, those that moved a little, the rest, each by
 * shift × importance; importance is 1 where it is not known.
 */
export function rankColumns(
  columns: readonly JudgedColumn[],
  importance: ReadonlyMap<string, number>,
): CheckColumn[] {
  const weight = ({ name, status, score }: JudgedColumn) => {
    const shift = score?.low ?? score?.value ?? -1;
    // Broken data comes before moved data.
    return (status === 'quality' ? 1 + Math.max(0, shift) : shift) * (importance.get(name) ?? 1);
  };
  const order = columns.map((column, i) => ({
    i,
    place: failed(column) ? 2 : column.status === 'shift' ? 1 : 0,
    weight: weight(column),
  }));
  order.sort((a, b) => b.place - a.place || b.weight - a.weight || a.i - b.i);
  const rank = new Map(order.map(({ i }, place) => [i, place + 1]));
  return columns.map((column, i) => ({
    ...column,
    importance: importance.get(column.name) ?? null,
    rank: rank.get(i)!,
  }));
}
