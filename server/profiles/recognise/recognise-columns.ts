import type { ColumnFacts } from '../../../tables/rules/facts.ts';
import { factsOf } from '../../../tables/rules/tally.ts';
import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { modelColumns } from '../../models/find-model.ts';
import { learnMeaning } from '../../models/learn.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { engineCode } from '../../store/lake/engine-error.ts';
import { isTooLarge } from '../../store/lake/in-parts.ts';
import type { ColumnRow, ModelRow } from '../../store/ledger/schema.ts';
import { groupsOf } from '../buckets.ts';
import { columnHeads, profileHead } from '../heads/read-heads.ts';
import { type Recognised, recognise } from './recognise.ts';

/** The first values of a column that are looked at. */
const ROWS = 2_000;
/** So many given ones settle what it is; fewer than that say nothing yet. */
const ENOUGH = 1_000;
const FEWEST = 200;
/** A column that is rarely there is given up on after so many predictions. */
const MOST = 1_000_000;
/** Of a value so many characters are looked at. */
const CHARACTERS = 200;
/** Columns whose first values are in memory at once: 4 MB of letters at most, and a block of each of the rows that they are sorted from. */
const COLUMNS = 10;
/** Bytes that the statement may take, so that there is room beside it for what arrives and for a roll-up. */
const MEMORY = 96 * 1024 * 1024;

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
  const values = await firstValues(ctx.lake, model.table_name, columns, first);
  const changed: string[] = [];
  for (const [k, column] of columns.entries()) {
    const own = values[k]!;
    const facts = factsOfColumn(column, own === 'too large' ? [] : own);
    const given = facts.n - facts.missing;
    const found = own === 'too large' ? LONG : given < FEWEST ? null : recognise(facts);
    const settled = own === 'too large' || given >= ENOUGH || predictions >= MOST;
    const learned = { ...found, looked: settled ? null : predictions };
    if (await learnMeaning(ctx, model.id, column, learned)) changed.push(column.name);
  }
  return changed;
}

/** What the engine says when there was no time: that tells of the machine, not of the values, which are looked at again later. */
const OUT_OF_TIME: ReadonlySet<number> = new Set([159, 160]);

type FirstValues = readonly string[] | 'too large';

/** What is so large that not even the beginnings of its first values can be read. */
const LONG: Recognised = { meaning: 'text', why: 'its values are too long to be compared' };

/** The beginnings of the first values of each column; of fewer columns at a time where they are large. */
async function firstValues(
  lake: Ctx['lake'],
  table: string,
  columns: readonly ColumnRow[],
  first: number,
): Promise<FirstValues[]> {
  const cells = columns.map(
    ({ name }, k) => `leftUTF8(ifNull(toString(${columnName(name)}), ''), ${CHARACTERS}) AS f${k}`,
  );
  const arrays = columns.map((_, k) => `groupArray(f${k}) AS f${k}`);
  try {
    const [row] = await lake.query<Record<string, string[]>>(
      `SELECT ${arrays.join(', ')}
FROM (SELECT ${cells.join(', ')} FROM ${modelTable(table)}
  WHERE _time >= fromUnixTimestamp64Milli({first:Int64}, 'UTC') ORDER BY _time LIMIT ${ROWS})`,
      { first },
      { background: true, maxMemoryBytes: MEMORY },
    );
    return columns.map((_, k) => row?.[`f${k}`] ?? []);
  } catch (error) {
    if (!isTooLarge(error) || OUT_OF_TIME.has(engineCode(error) ?? 0)) throw error;
    if (columns.length === 1 && columns[0]!.type !== 'numeric') return ['too large'];
    if (columns.length === 1) throw error;
    const halves = groupsOf(columns, Math.ceil(columns.length / 2));
    const read: FirstValues[] = [];
    for (const half of halves) read.push(...(await firstValues(lake, table, half, first)));
    return read;
  }
}

/** What is stored as text was sent as text. */
function factsOfColumn({ name, type }: ColumnRow, values: readonly string[]): ColumnFacts {
  return { ...factsOf(name, values), typed: true, stored: type === 'numeric' ? 'number' : 'text' };
}
