import type { CountPlan } from './count.ts';
import type { Engine } from './engine.ts';
import { RowBinaryReader } from './row-binary.ts';
import type { Table } from './table/table.ts';
import { lengthOf, numberOf } from './value-sql.ts';

/**
 * The finite numbers of each planned column (lengths of free text), ascending. For tables that fit into memory: the
 * caller decides.
 */
export async function sortedNumbers(
  engine: Engine,
  table: Table,
  plans: readonly CountPlan[],
): Promise<Map<string, Float64Array>> {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const result = new Map<string, Float64Array>();
  for (let at = 0; at < plans.length; at += table.columnsPerPass) {
    const pass = plans.slice(at, at + table.columnsPerPass);
    const inner = pass.map((plan, i) => {
      const column = columns.get(plan.name)!;
      return `${plan.type === 'text' ? lengthOf(column) : numberOf(column)} AS v${i}`;
    });
    const outer = pass.map((_, i) => `arraySort(groupArrayIf(v${i}, isFinite(v${i})))`);
    const bytes = await engine.binary(
      `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${table.relation}) ${table.settings}`,
    );
    const reader = new RowBinaryReader(bytes);
    for (const plan of pass) result.set(plan.name, reader.float64s());
  }
  return result;
}
