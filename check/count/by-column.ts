import { axisSql } from '../axis.ts';
import type { CountedColumn } from '../count.ts';
import type { Engine } from '../engine.ts';
import { frequentIn } from '../survey-sql.ts';
import { reading } from '../table/reading.ts';
import type { Table } from '../table/table.ts';
import { countingSql, readCounts, type Wanted } from './counting.ts';

/** Counts columns side by side, some in each pass: the way for many rows. */
export async function countByColumn(
  engine: Engine,
  table: Table,
  wanted: readonly Wanted[],
): Promise<Map<string, CountedColumn>> {
  const frequent = frequentIn(table.roughRows);
  const result = new Map<string, CountedColumn>();
  for (let at = 0; at < wanted.length; at += table.columnsPerPass) {
    const pass = wanted.slice(at, at + table.columnsPerPass);
    const parts = pass.map((each, i) =>
      countingSql(each, each.plan.axis && axisSql(each.plan.axis), i, frequent),
    );
    const inner = parts.map((part) => part.inner).join(', ');
    const outer = parts.map((part) => `tuple(${part.aggregates.join(', ')})`).join(', ');
    const sql = `SELECT ${outer} FROM (SELECT ${inner} FROM ${table.relation}) ${table.settings}`;
    const [row] = await reading(table, () => engine.rows<unknown[][]>(sql));
    pass.forEach(({ plan }, i) => {
      result.set(plan.name, readCounts(plan, row![i]!, frequent));
    });
  }
  return result;
}
