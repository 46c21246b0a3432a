import type { HeldTable } from '../../tables/columns/held-table.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import type { SourceColumn, Table } from '../table/table.ts';

/** Texts that sort as the times they say. */
const SORTS = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}.*)?)?$/;

/** The earliest and latest of each time column; a column whose texts do not sort as times is absent. */
export async function timeRanges(
  engine: Engine,
  table: Table,
  columns: readonly SourceColumn[],
): Promise<Map<string, readonly [string, string]>> {
  const ranges = new Map<string, readonly [string, string]>();
  if (columns.length === 0) return ranges;
  if (table.held) return heldRanges(table.held, columns);
  const bounds = columns.flatMap(({ sql, stored }) => {
    const value = stored === 'text' ? `nullIf(${sql}, '')` : sql;
    return [`toString(min(${value}))`, `toString(max(${value}))`];
  });
  const statement = `SELECT ${bounds.join(', ')} FROM ${table.relation} ${table.settings}`;
  const [row] = await reading(table, () => engine.rows<(string | null)[]>(statement));
  columns.forEach(({ name }, i) => {
    const [first, last] = [row?.[2 * i] ?? '', row?.[2 * i + 1] ?? ''];
    if (SORTS.test(first) && SORTS.test(last)) ranges.set(name, [first, last]);
  });
  return ranges;
}

function heldRanges({ columns: held }: HeldTable, columns: readonly SourceColumn[]) {
  const ranges = new Map<string, readonly [string, string]>();
  for (const { name } of columns) {
    const texts = held
      .get(name)!
      .categories.texts.filter((text) => text !== '')
      .sort();
    const [first = '', last = ''] = [texts[0], texts.at(-1)];
    if (SORTS.test(first) && SORTS.test(last)) ranges.set(name, [first, last]);
  }
  return ranges;
}
