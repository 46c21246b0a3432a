import type { Feature } from '../../../stats/trees/feature.ts';
import { identifier } from '../../../tables/identifier.ts';
import type { Ctx } from '../../context.ts';
import type { Job } from '../../jobs/job.ts';
import { predictionsTable } from '../../profiles/queries/table.ts';
import type { ColumnRow, ModelRow } from '../../store/ledger/schema.ts';
import { ENOUGH_ROWS, type LoggedSample } from './importance.ts';
import { importanceInProcess } from './process.ts';

/** Rows looked at: a few thousand rank columns as well as millions do. */
const ROWS = 5_000;
/** They are spread over so many of the newest. */
const SPREAD = 100_000;
/** Learned anew when a model's importance is older than this. */
const STALE_MS = 7 * 86_400_000;
/** What was learned from fewer rows than wanted is learned again soon. */
const YOUNG_MS = 60_000;
/** More columns than this are not worth the wait. */
const COLUMNS = 200;

/**
 * Learns what each model pays attention to, where nobody has told (`importance_source` 'surrogate'): incidents rank
 * their causes by it. Importance that was given is never touched.
 */
export const importanceJob: Job = {
  name: 'importance',
  scope: 'one',
  everyMs: 10_000,
  async run(ctx) {
    const models = await ctx.ledger.selectFrom('models').selectAll().orderBy('id').execute();
    for (const model of models) {
      try {
        if (await due(ctx, model)) await learnImportance(ctx, model);
      } catch (err) {
        ctx.log.warn({ model: model.id, err }, 'importance was not learned; it is tried again');
      }
    }
  },
};

const settingKey = (model: string) => `importance/${model}`;

async function due(ctx: Ctx, model: ModelRow): Promise<boolean> {
  if (model.importance !== null && model.importance_source !== 'surrogate') return false;
  const row = await ctx.ledger
    .selectFrom('settings')
    .select('value')
    .where('key', '=', settingKey(model.id))
    .executeTakeFirst();
  if (!row) return true;
  const { at, rows } = JSON.parse(row.value) as { at: number; rows: number };
  return ctx.clock() - at >= (rows < ROWS ? YOUNG_MS : STALE_MS);
}

/** Fits the surrogate to the newest logged rows and stores the shares. Nothing is stored while there is too little. */
export async function learnImportance(ctx: Ctx, model: ModelRow): Promise<void> {
  const columns = await ctx.ledger
    .selectFrom('columns')
    .selectAll()
    .where('model', '=', model.id)
    .orderBy('position')
    .limit(COLUMNS)
    .execute();
  const answer = columns.find(({ name }) => name === '_prediction');
  const features = columns.filter(({ name }) => !name.startsWith('_'));
  const sample = await readSample(ctx, model, features, answer);
  if (sample.answers.length < ENOUGH_ROWS) return;
  const importance = await importanceInProcess(sample);
  const value = JSON.stringify({ at: ctx.clock(), rows: sample.answers.length });
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx
      .insertInto('settings')
      .values({ key: settingKey(model.id), value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    if (importance === null) return;
    await trx
      .updateTable('models')
      .set({ importance: JSON.stringify(importance), importance_source: 'surrogate' })
      .where('id', '=', model.id)
      .where((eb) => eb.or([eb('importance', 'is', null), eb('importance_source', '=', 'surrogate')]))
      .execute();
  });
}

/** Rows spread over the newest hundred thousand, with the prediction (the score where there is none). */
async function readSample(
  ctx: Ctx,
  model: ModelRow,
  features: readonly ColumnRow[],
  answer: ColumnRow | undefined,
): Promise<LoggedSample> {
  if (features.length === 0) return { features: [], answers: [] };
  const table = predictionsTable(model.table_name);
  const target = answer === undefined ? '_score' : identifier('_prediction');
  const [size] = await ctx.lake.query<{ rows: number }>(`SELECT count() AS rows FROM ${table}`);
  const every = Math.max(1, Math.floor(Math.min(size?.rows ?? 0, SPREAD) / ROWS));
  const cells = features.map(({ name }, i) => `groupArray(tuple(${identifier(name)})) AS f${i}`);
  // Picked while reading: so many rows of so many columns are not held at once.
  const [row] = await ctx.lake.query<Record<string, (number | string | null)[]>>(
    `SELECT groupArray(assumeNotNull(${target})) AS answers, ${cells.join(', ')}
FROM (
  SELECT ${[target, ...features.map(({ name }) => identifier(name))].join(', ')}
  FROM ${table}
  WHERE ${target} IS NOT NULL AND cityHash64(_id) % {every:UInt64} = 0
  ORDER BY _time DESC LIMIT ${ROWS}
)`,
    { every },
    { background: true },
  );
  if (!row) return { features: [], answers: [] };
  return {
    answers: row.answers as (number | string)[],
    features: features.map(({ name, type }, i) => featureOf(name, type, (row[`f${i}`] ?? []) as unknown[])),
  };
}

/** groupArray leaves nulls out, so values come in tuples of one. */
function featureOf(name: string, type: ColumnRow['type'], cells: readonly unknown[]): Feature {
  const value = (cell: unknown) => (Array.isArray(cell) ? cell[0] : cell);
  if (type === 'numeric')
    return {
      name,
      kind: 'numeric',
      values: Float64Array.from(cells, (cell) => (value(cell) as number | null) ?? Number.NaN),
    };
  return { name, kind: 'categorical', values: cells.map((cell) => value(cell) as string | null) };
}
