import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { readGrids } from '../models/columns/grids.ts';
import { profiledColumns } from '../models/columns/profiled-columns.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { BucketSize } from './chunks.ts';
import { dirtyBuckets } from './dirty.ts';
import { freezeNewGrids } from './freeze.ts';
import { grownColumns, grownHead } from './heads/grow.ts';
import { AHEAD_MS, type OpenHead, openHead } from './heads/open-head.ts';
import { readWritten } from './heads/read-facts.ts';
import { saveHead } from './heads/save-head.ts';
import { chunkParams, type Lanes, type RollUpPlan, type Statement } from './plan.ts';
import { clearReplaced } from './queries/clear-replaced.ts';
import { ANY_LABEL, labelOfBuckets } from './queries/sources.ts';
import { STANDING, type StandingRow } from './queries/standing.ts';
import { predictionsTable } from './queries/table.ts';
import { newestInBuckets, standingBuckets } from './queries/written.ts';
import { columnStatements, rowStatements } from './statements.ts';

/**
 * Recomputes the profiles of every bucket that changed since the last time (new predictions, late labels) and replaces
 * them; then moves `models.rolled_up_to` forward. Idempotent and stateless: running it twice, or dying between any two
 * statements, changes no number. Errors: unknown_model, and those of the lake.
 * Example: `await rollUp(ctx, 'credit')` → { buckets: 3 }
 */
export async function rollUp(
  ctx: Pick<Ctx, 'ledger' | 'lake' | 'clock'>,
  modelId: string,
  lanes: Lanes = 2,
): Promise<{ buckets: number }> {
  const started = ctx.clock();
  const { seen, revision } = await standing(ctx, modelId);
  const columns = await profiledColumns(ctx, modelId);
  const unseen = columns.filter(({ name }) => !seen.has(name));
  const fresh = await freezeNewGrids(ctx, await modelRow(ctx, modelId), unseen, lanes);
  for (const [name, bucket] of fresh) if (!seen.has(name)) seen.set(name, bucket);

  // Read again: freezing a grid may have set the model back.
  const model = await modelRow(ctx, modelId);
  const { sizes, done } = await dirtyBuckets(ctx, model, started);
  const open = await openHead(ctx, model);
  // Larger than every revision before, even when the wall clock went back.
  const next = Math.max(started, revision + 1, open.head.revision + 1);
  const write = () => writeBuckets(ctx, model, sizes, seen, next, lanes);
  const grown = sizes.length > 0 ? await growing(ctx, model, open, sizes, next, write) : open;
  await ctx.ledger.transaction().execute(async (trx) => {
    const moved = await trx
      .updateTable('models')
      .set({ rolled_up_to: started })
      .where('id', '=', modelId)
      .where('rolled_up_to', '=', model.rolled_up_to)
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return;
    await saveHead(
      trx,
      {
        ...grown.head,
        rolled_up_to: started,
        labelled_to: started,
        task: model.task,
        bucket_ms: model.bucket_ms,
        succeeded_at: started,
      },
      [...grown.columns.values()],
    );
  });
  done();
  return { buckets: sizes.length };
}

async function modelRow(ctx: Pick<Ctx, 'ledger'>, id: string): Promise<ModelRow> {
  const row = await ctx.ledger.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new TiltmeterError('unknown_model', `there is no model ${id}`);
  return row;
}

/** The first bucket in which each column had a value (in earlier ones it did not exist), and the newest revision. */
async function standing(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
): Promise<{ seen: Map<string, number>; revision: number }> {
  const seen = new Map<string, number>();
  let newest = 0;
  for (const { column, first, revision } of await ctx.lake.query<StandingRow>(STANDING, { model })) {
    if (first !== null) seen.set(column, first);
    newest = Math.max(newest, revision);
  }
  return { seen, revision: newest };
}

/** The head after `write`. */
async function growing(
  ctx: Pick<Ctx, 'lake'>,
  model: ModelRow,
  { head, columns }: OpenHead,
  sizes: readonly BucketSize[],
  revision: number,
  write: () => Promise<void>,
): Promise<OpenHead> {
  const params = chunkParams(model, { buckets: sizes.map(({ bucket }) => bucket) });
  const [before] = await ctx.lake.query<{ predictions: number; labels: number }>(standingBuckets, params);
  const [newest] = await ctx.lake.query<{ event: number; received: number }>(
    newestInBuckets(predictionsTable(model.table_name)),
    { ...params, ahead: AHEAD_MS },
  );
  await write();
  const { from, to } = params;
  const newestEvent = newest?.event || null;
  const facts = await readWritten(
    ctx,
    { model: model.id, revision, from, to },
    {
      newest: Math.max(head.newest_event ?? 0, newestEvent ?? 0),
      bucketMs: model.bucket_ms,
    },
  );
  const grown = grownHead(
    { ...head, bucket_ms: model.bucket_ms },
    {
      facts,
      revision,
      newestEvent,
      lastReceived: newest?.received || null,
      before: before ?? { predictions: 0, labels: 0 },
      rewrites: [{ from, to, revision, what: 'all' }],
    },
  );
  const fresh = grownColumns(model.id, columns, facts, revision);
  return { head: grown, columns: new Map(fresh.map((column) => [column.column, column])) };
}

async function writeBuckets(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: ModelRow,
  sizes: readonly BucketSize[],
  firstSeen: ReadonlyMap<string, number>,
  revision: number,
  lanes: Lanes,
): Promise<void> {
  const all = chunkParams(model, { buckets: sizes.map(({ bucket }) => bucket) });
  const labelled = await hasLabels(ctx, model, all);
  const plan: RollUpPlan = {
    model,
    columns: await profiledColumns(ctx, model.id),
    grids: await readGrids(ctx, model.id),
    firstSeen,
    labelled,
  };
  const run = (statement: Statement) => runInParts(ctx, statement, revision);
  // Beside senders the statements are smaller as well: what they hold is memory that senders have not.
  await inLanes(lanes, columnStatements(plan, sizes, lanes / 2), run);
  await inLanes(lanes, rowStatements(plan, sizes), run);
  // After a roll-up of everything, rows outside the buckets are of buckets of another length.
  await ctx.lake.command(clearReplaced(model.rolled_up_to === 0), { ...all, revision });
}

async function hasLabels(ctx: Pick<Ctx, 'lake'>, model: ModelRow, params: ReturnType<typeof chunkParams>) {
  // Most models have none for a while, and then the second look is not needed.
  if ((await ctx.lake.query(ANY_LABEL, { model: model.id })).length === 0) return false;
  return (await ctx.lake.query(labelOfBuckets(predictionsTable(model.table_name)), params)).length > 0;
}

/** Bytes one statement may use, so that senders keep the rest of the engine's memory while a large bucket is recomputed. */
const ROLL_UP_MEMORY = 128 * 1024 * 1024;

/** Runs a statement; one that needs too much memory is done in parts. */
async function runInParts(ctx: Pick<Ctx, 'lake'>, statement: Statement, revision: number): Promise<void> {
  try {
    await ctx.lake.command(
      statement.sql,
      { ...statement.params, revision },
      { maxMemoryBytes: ROLL_UP_MEMORY, background: true },
    );
  } catch (error) {
    const parts = statement.parts();
    const tooLarge = error instanceof TiltmeterError && error.code === 'query_too_large';
    if (!tooLarge || parts.length === 0) throw error;
    for (const part of parts) await runInParts(ctx, part, revision);
  }
}

/** Runs every task, a few at a time and in any order; rejects with the first failure once nothing runs any more. */
async function inLanes<T>(lanes: Lanes, tasks: Iterable<T>, run: (task: T) => Promise<void>): Promise<void> {
  const queue = tasks[Symbol.iterator]();
  let failed = false;
  async function lane(): Promise<void> {
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
      try {
        await run(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
