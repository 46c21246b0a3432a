import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import { type BucketSize, type Chunk, chunksOf } from './chunks.ts';
import { profiledColumns } from './columns.ts';
import { freezeNewGrids } from './freeze.ts';
import { readGrids } from './grids.ts';
import type { RollUpPlan } from './plan.ts';
import { clearReplaced } from './queries/clear-replaced.ts';
import { bucketSizes, dirtyBuckets } from './queries/dirty-buckets.ts';
import { FIRST_SEEN, NEWEST_REVISION } from './queries/first-seen.ts';
import { predictionsTable } from './queries/table.ts';
import { rollUpStatements } from './statements.ts';

/** A row may become visible this long after it was stamped as received. */
export const MARGIN_MS = 15_000;

/** What one statement takes on: about 40 MB of values. */
export const CHUNK_LIMITS = { rows: 500_000, buckets: 2000 };

/**
 * Recomputes the profiles of every bucket that changed since the last time (new predictions, late labels) and replaces
 * them; then moves `models.rolled_up_to` forward. Idempotent and stateless: running it twice, or dying between any two
 * statements, changes no number. Errors: unknown_model, and those of the lake.
 * Example: `await rollUp(ctx, 'credit')` → { buckets: 3 }
 */
export async function rollUp(
  ctx: Pick<Ctx, 'ledger' | 'lake' | 'clock'>,
  modelId: string,
): Promise<{ buckets: number }> {
  const started = ctx.clock();
  const seen = await firstSeen(ctx, modelId);
  const columns = await profiledColumns(ctx, modelId);
  const unseen = columns.filter(({ name }) => !seen.has(name));
  const fresh = await freezeNewGrids(ctx, await modelRow(ctx, modelId), unseen);
  for (const [name, bucket] of fresh) if (!seen.has(name)) seen.set(name, bucket);

  // Read again: freezing a grid may have set the model back.
  const model = await modelRow(ctx, modelId);
  const sizes = await dirty(ctx, model, Math.min(model.rolled_up_to, started) - MARGIN_MS);
  if (sizes.length > 0) {
    const plan: RollUpPlan = {
      model,
      columns: await profiledColumns(ctx, modelId),
      grids: await readGrids(ctx, modelId),
      firstSeen: seen,
    };
    const revision = await nextRevision(ctx, modelId, started);
    for (const chunk of chunksOf(sizes, CHUNK_LIMITS)) await rollUpChunk(ctx, plan, chunk, revision);
    if (model.rolled_up_to === 0) await clearRest(ctx, model, sizes, revision);
  }
  await ctx.ledger
    .updateTable('models')
    .set({ rolled_up_to: started })
    .where('id', '=', modelId)
    .where('rolled_up_to', '=', model.rolled_up_to)
    .execute();
  return { buckets: sizes.length };
}

async function modelRow(ctx: Pick<Ctx, 'ledger'>, id: string): Promise<ModelRow> {
  const row = await ctx.ledger.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new TiltmeterError('unknown_model', `there is no model ${id}`);
  return row;
}

/** The first bucket in which each column had a value: in earlier ones it did not exist, rather than being missing. */
async function firstSeen(ctx: Pick<Ctx, 'lake'>, model: string): Promise<Map<string, number>> {
  const rows = await ctx.lake.query<{ column: string; first: number }>(FIRST_SEEN, { model });
  return new Map(rows.map(({ column, first }) => [column, first]));
}

async function dirty(ctx: Pick<Ctx, 'lake'>, model: ModelRow, since: number): Promise<BucketSize[]> {
  const table = predictionsTable(model.table_name);
  const of = { model: model.id, bucket_ms: model.bucket_ms };
  const changed = await ctx.lake.query<{ bucket: number }>(dirtyBuckets(table), {
    ...of,
    since: Math.max(0, since),
  });
  if (changed.length === 0) return [];
  const buckets = changed.map(({ bucket }) => bucket);
  return ctx.lake.query<BucketSize>(bucketSizes(table), { ...of, ...bounds(buckets, model.bucket_ms) });
}

/** Larger than every revision before, even when the wall clock went back. */
async function nextRevision(ctx: Pick<Ctx, 'lake'>, model: string, now: number): Promise<number> {
  const [newest] = await ctx.lake.query<{ revision: number }>(NEWEST_REVISION, { model });
  return Math.max(now, (newest?.revision ?? 0) + 1);
}

async function rollUpChunk(
  ctx: Pick<Ctx, 'lake'>,
  plan: RollUpPlan,
  chunk: Chunk,
  revision: number,
): Promise<void> {
  const { model } = plan;
  const params = {
    model: model.id,
    bucket_ms: model.bucket_ms,
    revision,
    ...bounds(chunk.buckets, model.bucket_ms),
  };
  for (const statement of await rollUpStatements(ctx, plan, chunk, params)) {
    await ctx.lake.command(statement.sql, { ...params, ...statement.params });
  }
  await ctx.lake.command(clearReplaced(false), params);
}

/** After a roll-up of everything: buckets of another length, and rows that no longer exist, are emptied. */
async function clearRest(
  ctx: Pick<Ctx, 'lake'>,
  model: ModelRow,
  sizes: readonly BucketSize[],
  revision: number,
): Promise<void> {
  const { id, bucket_ms } = model;
  const buckets = sizes.map(({ bucket }) => bucket);
  await ctx.lake.command(clearReplaced(true), { model: id, bucket_ms, revision, buckets });
}

/** Parameters that pick buckets, which are ascending. */
function bounds(buckets: readonly number[], bucketMs: number) {
  return { from: buckets[0]!, to: buckets.at(-1)! + bucketMs, buckets };
}
