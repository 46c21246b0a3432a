import type { ColumnFacts } from '../../../tables/rules/facts.ts';
import { factsOf } from '../../../tables/rules/tally.ts';
import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { modelColumns } from '../../models/find-model.ts';
import { learnMeaning } from '../../models/learn.ts';
import { columnName } from '../../store/lake/column-name.ts';
import type { ColumnRow, ModelRow } from '../../store/ledger/schema.ts';
import { groupsOf } from '../buckets.ts';
import { columnHeads, profileHead } from '../heads/read-heads.ts';
import { recognise } from './recognise.ts';

/** The first values of a column that are looked at. */
const ROWS = 2_000;
/** So many given ones settle what it is; fewer than that say nothing yet. */
const ENOUGH = 1_000;
const FEWEST = 200;
/** A column that is rarely there is given up on after so many predictions. */
const MOST = 1_000_000;
/** Columns whose first values are in memory at once. */
const COLUMNS = 100;

/**
 * Recognises identifiers, free texts, times and booleans among the columns of a model by their first values, by the rules by which
 * `check` does: what is one of the first three is not watched by its values. A column is looked at when there are 200 predictions,
 * and again whenever there are twice as many, until 1,000 values settle it. What people said stays. Answers with the names of
 * the columns that are something else now than before.
 */
export async function recogniseColumns(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: Pick<ModelRow, 'id' | 'table_name'>,
): Promise<string[]> {
  const open = (await modelColumns(ctx, model.id)).filter(
    ({ name, looked, type }) => looked !== null && type !== 'boolean' && !name.startsWith('_'),
  );
  if (open.length === 0) return [];
  const predictions = (await profileHead(ctx, model.id))?.predictions ?? 0;
  const due = open.filter(({ looked }) => predictions >= Math.max(FEWEST, 2 * looked!));
  if (due.length === 0) return [];
  const heads = await columnHeads(ctx, model.id);
  const changed: string[] = [];
  for (const [first, columns] of Map.groupBy(due, ({ name }) => heads.get(name)?.first)) {
    // Nobody has sent a value of it yet.
    if (first === undefined) continue;
    for (const some of groupsOf(columns, COLUMNS))
      changed.push(...(await recogniseSome(ctx, model, some, { first, predictions })));
  }
  return changed;
}

async function recogniseSome(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: Pick<ModelRow, 'id' | 'table_name'>,
  columns: readonly ColumnRow[],
  { first, predictions }: { readonly first: number; readonly predictions: number },
): Promise<string[]> {
  const cells = columns.map(
    ({ name }, k) => `groupArray(ifNull(toString(${columnName(name)}), '')) AS f${k}`,
  );
  const names = columns.map(({ name }) => columnName(name)).join(', ');
  const [row] = await ctx.lake.query<Record<string, string[]>>(
    `SELECT ${cells.join(', ')}
FROM (SELECT ${names} FROM ${modelTable(model.table_name)}
  WHERE _time >= fromUnixTimestamp64Milli({first:Int64}, 'UTC') ORDER BY _time LIMIT ${ROWS})`,
    { first },
    { background: true },
  );
  const changed: string[] = [];
  for (const [k, column] of columns.entries()) {
    const facts = factsOfColumn(column, row?.[`f${k}`] ?? []);
    const given = facts.n - facts.missing;
    const found = given < FEWEST ? null : recognise(facts);
    const settled = given >= ENOUGH || predictions >= MOST;
    const learned = { ...found, looked: settled ? null : predictions };
    if (await learnMeaning(ctx, model.id, column, learned)) changed.push(column.name);
  }
  return changed;
}

/** What is stored as text was sent as text. */
function factsOfColumn({ name, type }: ColumnRow, values: readonly string[]): ColumnFacts {
  return { ...factsOf(name, values), typed: true, stored: type === 'numeric' ? 'number' : 'text' };
}
