import type { Engine } from '../tables/engine/engine.ts';
import { reading } from '../tables/engine/reading.ts';
import type { Wanted } from './count/counting.ts';
import type { CountPlan } from './count.ts';
import { sortedHeld } from './held/sorted-held.ts';
import { alike, isShort, longRelation } from './long.ts';
import { RowBinaryReader } from './row-binary.ts';
import type { SourceColumn, Table } from './table/table.ts';
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
  if (table.held) return sortedHeld(table.held, plans);
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const wanted = plans.map((plan) => ({ plan, column: columns.get(plan.name)! }));
  return isShort(table) ? sortedInLongForm(engine, table, wanted) : sortedByColumn(engine, table, wanted);
}

async function sortedByColumn(engine: Engine, table: Table, wanted: readonly Wanted[]) {
  const result = new Map<string, Float64Array>();
  for (let at = 0; at < wanted.length; at += table.columnsPerPass) {
    const pass = wanted.slice(at, at + table.columnsPerPass);
    const inner = pass.map(({ plan, column }, i) => `${measureOf(plan, column)} AS v${i}`);
    const outer = pass.map((_, i) => sortedSql(`v${i}`));
    const sql = `SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')} FROM ${table.relation}) ${table.settings}`;
    const reader = new RowBinaryReader(await reading(table, () => engine.binary(sql)));
    for (const { plan } of pass) result.set(plan.name, reader.float64s());
  }
  return result;
}

async function sortedInLongForm(engine: Engine, table: Table, wanted: readonly Wanted[]) {
  const result = new Map<string, Float64Array>();
  const kind = (place: number) => (wanted[place]!.plan.type === 'text' ? 'lengths' : 'numbers');
  for (const { column, places } of alike(
    wanted.map((each) => each.column),
    kind,
  )) {
    const group = places.map((place) => wanted[place]!);
    const long = longRelation(
      table,
      group.map((each) => each.column),
      '',
    );
    const read = `SELECT i, ${measureOf(group[0]!.plan, column)} AS v FROM ${long}`;
    const sql = `SELECT ${sortedSql('v')} FROM (${read}) GROUP BY i ORDER BY i ${table.settings}`;
    const reader = new RowBinaryReader(await reading(table, () => engine.binary(sql)));
    for (const { plan } of group) result.set(plan.name, reader.float64s());
  }
  return result;
}

function sortedSql(number: string): string {
  return `arraySort(groupArrayIf(${number}, isFinite(${number})))`;
}

function measureOf({ type }: CountPlan, column: SourceColumn): string {
  return type === 'text' ? lengthOf(column) : numberOf(column);
}
