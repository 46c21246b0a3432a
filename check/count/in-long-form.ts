import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import { alike, longRelation } from '../long.ts';
import { frequentIn } from '../survey-sql.ts';
import type { SourceColumn, Table } from '../table/table.ts';
import { countByColumn } from './by-column.ts';
import { ofKnown } from './categories.ts';
import { countingSql, readCounts, type Wanted } from './counting.ts';

/** Each row of the long form brings its column's axis. */
const ROWS_AXIS = { linear: 'l = 1', center: 'c', step: 'w' };

/**
 * Counts columns as one column of many values, grouped: the way for few rows. All categories are listed, and known ones
 * picked from the list; a column with too many for that is counted by itself.
 */
export async function countInLongForm(
  engine: Engine,
  table: Table,
  wanted: readonly Wanted[],
): Promise<Map<string, CountedColumn>> {
  const result = new Map<string, CountedColumn>();
  const columns = wanted.map(({ column }) => column);
  for (const { column, places } of alike(columns, (place) => way(wanted[place]!.plan))) {
    const group = places.map((place) => wanted[place]!);
    const rows = await countAlike(engine, table, group, column);
    group.forEach(({ plan }, i) => {
      // A column whose table has no rows has no group.
      const facts = rows[i] ?? EMPTY;
      result.set(plan.name, readCounts({ ...plan, known: null }, facts, frequentIn(table.roughRows)));
    });
  }
  const crowded: Wanted[] = [];
  for (const each of wanted) {
    const { name, known, crowded: slots } = each.plan;
    const counted = result.get(name)!;
    if (known === null) continue;
    if (counted.complete && !slots) result.set(name, ofKnown(counted, new Set(known)));
    else crowded.push(each);
  }
  const { counts } = await countByColumn(engine, table, crowded, null);
  for (const [name, counted] of counts) result.set(name, counted);
  return result;
}

const EMPTY = [0, [], 0, null, null, null, null, []];

/** Columns of the same way share a statement. */
function way({ type, axis, clipped, presenceOnly }: CountPlan): string {
  if (presenceOnly) return 'presence';
  if (axis) return type === 'text' ? 'lengths' : 'numbers';
  return `categories ${type === 'boolean'} ${clipped}`;
}

function countAlike(engine: Engine, table: Table, group: readonly Wanted[], column: SourceColumn) {
  const plan = { ...group[0]!.plan, known: null };
  const axes = group.flatMap((each) => (plan.axis && each.plan.axis ? [each.plan.axis] : []));
  const { inner, aggregates } = countingSql(
    { plan, column },
    plan.axis && ROWS_AXIS,
    '',
    frequentIn(table.roughRows),
  );
  const more = {
    l: axes.map(({ kind }) => (kind === 'linear' ? 1 : 0)),
    c: axes.map(({ center }) => center),
    w: axes.map(({ step }) => step),
  };
  const sources = group.map((each) => each.column);
  const long = longRelation(table, sources, '', plan.axis ? more : {});
  const read = `SELECT i, ${plan.axis ? 'l, c, w, ' : ''}${inner} FROM ${long}`;
  const sql = `SELECT ${aggregates.join(', ')} FROM (${read}) GROUP BY i ORDER BY i ${table.settings}`;
  return reading(table, () => engine.rows<unknown[]>(sql));
}
