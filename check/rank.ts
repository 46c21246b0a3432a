import type { CheckColumn } from '../contract/check.ts';
import type { ComparedColumn } from './compare/column.ts';

/** Columns in the file's order, each with its rank by shift × importance (1 = look here first). */
export function rankColumns(
  columns: readonly ComparedColumn[],
  importance: ReadonlyMap<string, number>,
): CheckColumn[] {
  const weight = (column: ComparedColumn) => {
    const shift = column.status === 'quality' ? 1 + (column.score?.low ?? 0) : (column.score?.low ?? -1);
    return shift * (importance.get(column.name) ?? 1);
  };
  const order = [...columns].sort((a, b) => weight(b) - weight(a)).map((column) => column.name);
  return columns.map(({ p, ...column }) => ({
    ...column,
    importance: importance.get(column.name) ?? null,
    rank: order.indexOf(column.name) + 1,
  }));
}
