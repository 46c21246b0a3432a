import type { Ctx } from '../../context.ts';
import { countRows, deleteRows } from '../../store/lake/delete-rows.ts';
import { forgetChanges } from '../../store/lake/forget-changes.ts';
import { inPart, type Part } from '../../store/lake/in-parts.ts';
import { lakeTable } from '../../store/lake/layout.ts';
import { moment, momentOf } from '../../store/lake/moment.ts';
import { LABELS } from '../labels-table.ts';
import type { Fragment } from '../predictions/condition.ts';
import type { Subject } from './subject.ts';

/** Predictions whose ids go into one statement, about. */
const PIECE = 10_000;
/** Moments of predictions up to which they are read where they lie, and not looked for in the whole table again. */
const MOMENTS = 10_000;
/** Values that are looked at together. */
const VALUES = 2_000;

const BEFORE = `_received_at < ${moment('before')}`;
/** One thread looks through a whole table. */
const BACKGROUND = { background: true, maxSeconds: 300 };

type Stores = Pick<Ctx, 'lake' | 'turn'>;

/** Predictions of a subject that came before a moment. */
export interface Erasing {
  readonly model: string;
  readonly table: string;
  readonly subject: Subject;
  readonly before: number;
}

/** How many predictions go. `asked`: somebody waits for it. */
export function countErased(
  { lake }: Pick<Ctx, 'lake'>,
  { table, subject, before }: Erasing,
  { asked = false } = {},
): Promise<number> {
  const { sql, params } = subject.predictions;
  return countRows(lake, table, `${sql} AND ${BEFORE}`, { ...params, before }, { asked });
}

/**
 * The predictions of a subject, by when they were as well, and how many they are: a table is in the order of time, so every further
 * statement reads only where they lie. What is written meanwhile is not among them. Those of very many moments stay as they were asked for.
 */
export async function locate(
  { lake }: Pick<Ctx, 'lake'>,
  erasing: Erasing,
): Promise<{ located: Erasing; n: number }> {
  const { table, subject, before } = erasing;
  const { sql, params } = subject.predictions;
  const found = await lake.query<{ at: number; n: number }>(
    `SELECT toUnixTimestamp64Milli(_time) AS at, count() AS n FROM ${lakeTable(table)}
     WHERE ${sql} AND ${BEFORE} GROUP BY at LIMIT ${MOMENTS + 1}`,
    { ...params, before },
    BACKGROUND,
  );
  if (found.length > MOMENTS) return { located: erasing, n: await countErased({ lake }, erasing) };
  const among = `_time IN (arrayMap(at -> ${momentOf('at')}, {moments:Array(Int64)}))`;
  const moments = found.map(({ at }) => Number(at));
  const predictions = { sql: `(${sql} AND ${among})`, params: { ...params, moments } };
  const n = found.reduce((sum, each) => sum + Number(each.n), 0);
  return { located: { ...erasing, subject: { ...subject, predictions } }, n };
}

/** Parts in which the predictions of a subject are gone through, a bounded number of them each. `piecesOf(25_000)` → 3 */
export const piecesOf = (n: number): Part[] => {
  const parts = Math.max(1, Math.ceil(n / PIECE));
  return Array.from({ length: parts }, (_, part) => ({ parts, part }));
};

/** The ids of predictions of a subject, of a part of them. */
export async function idsOf(
  { lake }: Stores,
  { table, subject, before }: Erasing,
  part: Part,
): Promise<string[]> {
  const { sql, params } = subject.predictions;
  const rows = await lake.query<{ _id: string }>(
    `SELECT DISTINCT _id FROM ${lakeTable(table)} WHERE ${sql} AND ${BEFORE} AND ${inPart('_id')}`,
    { ...params, before, ...part },
    BACKGROUND,
  );
  return rows.map(({ _id }) => _id);
}

/** Names of the tags that predictions of a subject have, of a part of them. */
export async function tagsOf(
  { lake }: Stores,
  { table, subject, before }: Erasing,
  part: Part,
): Promise<string[]> {
  const { sql, params } = subject.predictions;
  const rows = await lake.query<{ name: string }>(
    `SELECT DISTINCT arrayJoin(mapKeys(_tags)) AS name FROM ${lakeTable(table)}
     WHERE ${sql} AND ${BEFORE} AND ${inPart('_id')} ORDER BY name`,
    { ...params, before, ...part },
    BACKGROUND,
  );
  return rows.map(({ name }) => name);
}

/**
 * Texts of the predictions of a subject, or of a part of them, that no other prediction of the model has, a bounded piece after the other. `text`: an expression over the
 * table, '' or NULL where there is none.
 */
export async function eachOwnText(
  ctx: Stores,
  { table, subject, before }: Erasing,
  text: Fragment,
  work: (values: readonly string[]) => Promise<void>,
  part: Part = { parts: 1, part: 0 },
): Promise<void> {
  const { sql, params } = subject.predictions;
  const [going, from] = [`(${sql} AND ${BEFORE})`, lakeTable(table)];
  const given = { ...params, ...text.params, before, ...part };
  for (let after = ''; ; ) {
    await ctx.turn();
    const some = await ctx.lake.query<{ _value: string }>(
      `SELECT DISTINCT ifNull(${text.sql}, '') AS _value FROM ${from}
       WHERE ${going} AND ${inPart('_id')} AND _value > {after:String} ORDER BY _value LIMIT ${VALUES}`,
      { ...given, after },
      BACKGROUND,
    );
    const values = some.map(({ _value }) => _value);
    if (values.length === 0) return;
    const others = await ctx.lake.query<{ _value: string }>(
      `SELECT DISTINCT ifNull(${text.sql}, '') AS _value FROM ${from}
       PREWHERE _value IN ({values:Array(String)}) WHERE NOT ${going}`,
      { ...given, values },
      BACKGROUND,
    );
    const kept = new Set(others.map(({ _value }) => _value));
    const own = values.filter((value) => !kept.has(value));
    if (own.length > 0) await work(own);
    if (values.length < VALUES) return;
    after = values.at(-1)!;
  }
}

/** Ids of traces as telemetry has them: of 32 hexadecimal digits, as a UUID too, or of a W3C traceparent. */
export const TRACE: Fragment = {
  sql: `extract(replaceAll(replaceRegexpOne(lower(trimBoth(_trace_id)), '^[0-9a-f][0-9a-f]-([0-9a-f]+)-[0-9a-f]+-[0-9a-f][0-9a-f]$', '\\\\1'), '-', ''), '^[0-9a-f]{32}$')`,
  params: {},
};

/** Has the lake forget the text of the changes by which rows went: it names what they were found by. */
export const forgetHow = ({ lake }: Pick<Ctx, 'lake'>): Promise<void> => forgetChanges(lake);

/** Those of these texts that predictions of the model have. */
export async function textsThere(
  { lake }: Stores,
  table: string,
  text: Fragment,
  values: readonly string[],
): Promise<string[]> {
  const rows = await lake.query<{ _value: string }>(
    `SELECT DISTINCT ifNull(${text.sql}, '') AS _value FROM ${lakeTable(table)} PREWHERE _value IN ({values:Array(String)})`,
    { ...text.params, values },
    BACKGROUND,
  );
  return rows.map(({ _value }) => _value);
}

/** Those of these texts that labels of the model have. */
export async function labelsThere(
  { lake }: Stores,
  model: string,
  values: readonly string[],
): Promise<string[]> {
  const rows = await lake.query<{ label: string }>(
    `SELECT DISTINCT label FROM ${LABELS} WHERE model = {model:String} AND label IN ({values:Array(String)})`,
    { model, values },
    BACKGROUND,
  );
  return rows.map(({ label }) => label);
}

/** Labels of these predictions that no other of the model has, as texts. */
export async function ownLabels({ lake }: Stores, model: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await lake.query<{ label: string }>(
    `SELECT label FROM ${LABELS} WHERE model = {model:String} GROUP BY label
     HAVING countIf(id NOT IN ({ids:Array(String)})) = 0`,
    { model, ids },
    BACKGROUND,
  );
  return rows.map(({ label }) => label);
}

/** Removes the predictions themselves, last: they say what belongs to them. Repeating it is harmless. */
export async function erasePredictions({ lake }: Stores, { table, subject, before }: Erasing): Promise<void> {
  const { sql, params } = subject.predictions;
  await deleteRows(lake, table, `${sql} AND ${BEFORE}`, { ...params, before });
}
