import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import { axisSql } from '../axis.ts';
import type { Counted, CountedColumn } from '../count.ts';
import type { SampledColumn, SampleWish } from '../rows.ts';
import { frequentIn } from '../survey-sql.ts';
import type { Table } from '../table/table.ts';
import { countingSql, readCounts, type Wanted } from './counting.ts';
import { canSampleInPassing, passingSampleSql, readPassingSample } from './passing-sample.ts';

/** Counts columns side by side, some in each pass: the way for many rows. Rows can be sampled in passing. */
export async function countByColumn(
  engine: Engine,
  table: Table,
  wanted: readonly Wanted[],
  wish: SampleWish | null,
): Promise<Counted> {
  const frequent = frequentIn(table.roughRows);
  const counts = new Map<string, CountedColumn>();
  const sampled = wish && canSampleInPassing(table) ? new Map<string, SampledColumn>() : null;
  for (let at = 0; at < wanted.length; at += table.columnsPerPass) {
    const pass = wanted.slice(at, at + table.columnsPerPass);
    const parts = pass.map((each, i) =>
      countingSql(each, each.plan.axis && axisSql(each.plan.axis), i, frequent),
    );
    const kept = sampled ? pass.map((_, i) => i).filter((i) => wish!.names.has(pass[i]!.plan.name)) : [];
    const sample =
      kept.length > 0
        ? passingSampleSql(
            table,
            wish!,
            kept.map((i) => parts[i]!.value!),
          )
        : null;
    const inner = [...parts.map((part) => part.inner), ...(sample ? [sample.inner] : [])].join(', ');
    const outer = [
      ...parts.map((part) => `tuple(${part.aggregates.join(', ')})`),
      ...(sample ? [sample.aggregate] : []),
    ].join(', ');
    const sql = `SELECT ${outer} FROM (SELECT ${inner} FROM ${table.relation}) ${table.settings}`;
    const [row] = await reading(table, () => engine.rows<unknown[][]>(sql));
    pass.forEach(({ plan }, i) => {
      counts.set(plan.name, readCounts(plan, row![i]!, frequent));
    });
    kept.forEach((i, place) => {
      const { plan } = pass[i]!;
      sampled!.set(plan.name, readPassingSample(plan, row![pass.length] as unknown[][], place));
    });
  }
  return { counts, sampled };
}
