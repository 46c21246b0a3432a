import type { Ctx } from '../context.ts';
import { type Fence, requireFence } from '../jobs/fence.ts';
import type { SingleJob } from '../jobs/job.ts';
import { modelColumns, modelRow } from '../models/find-model.ts';
import { finishRemoval, forgetRemoval, GRACE_MS, removals, stampsBefore } from '../models/removals.ts';
import { forgetColumnHead } from '../profiles/heads/save-head.ts';
import { dropTable, updateRows } from '../store/lake/delete-rows.ts';
import { addColumns, dropColumn } from '../store/lake/model-table.ts';
import type { RemovalRow } from '../store/ledger/schema.ts';
import { moveRows } from './move-rows.ts';
import { OF_MODEL } from './of-model.ts';

/** What a server that was in the middle of something wrote afterwards is looked for once more. */
const AGAIN_MS = 10 * 60_000;

/**
 * Removes what is stored of models and columns that people have removed. May die between any two statements: each of
 * them may be repeated, and what is not done is done the next time. What fails harms no other removal.
 */
export const removalsJob: SingleJob = {
  name: 'removals',
  scope: 'one',
  everyMs: 5_000,
  async run(ctx, fence) {
    for (const removal of await removals(ctx)) {
      await ctx.turn();
      try {
        await goOn(ctx, fence, removal);
      } catch (err) {
        ctx.log.error({ err, model: removal.model }, 'not everything could be removed; it is tried again');
      }
    }
  },
};

async function goOn(ctx: Ctx, fence: Fence, removal: RemovalRow): Promise<void> {
  const now = ctx.clock();
  const { requested_at, finished_at, kind } = removal;
  if (now < requested_at + GRACE_MS) return;
  if (finished_at !== null && now < finished_at + AGAIN_MS) return;
  if (kind === 'column') await removeColumnRows(ctx, removal);
  else await removeModelRows(ctx, removal);
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    if (finished_at === null) await finishRemoval(trx, removal.id, ctx.clock());
    else await forgetRemoval(trx, removal.id);
  });
  if (finished_at === null) ctx.log.info({ model: removal.model, kind }, 'what people removed is gone');
}

/** The second time only what lies in the lake: another model may bear the name by then. */
async function removeModelRows(ctx: Ctx, removal: RemovalRow): Promise<void> {
  const first = removal.finished_at === null;
  if (first && removal.kind === 'merge') await moveRows(ctx, removal);
  if (first) await dropTable(ctx.lake, removal.table_name);
  for (const part of OF_MODEL) {
    if (!first && part.store === 'ledger') continue;
    await ctx.turn();
    await part.remove(ctx, { model: removal.model, before: stampsBefore(removal) });
  }
}

async function removeColumnRows(ctx: Ctx, removal: RemovalRow): Promise<void> {
  const { model, table_name, requested_at } = removal;
  const column = removal.target!;
  if ((await modelRow(ctx, model)) === undefined) return;
  const known = (await modelColumns(ctx, model)).some(({ name }) => name === column);
  // One that is there came again since: its values are new.
  if (!known) {
    await dropColumnValues(ctx, removal, 'gone');
    await ctx.ledger.transaction().execute((trx) => forgetColumnHead(trx, model, column));
  }
  const of = { column };
  const before = "_received_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')";
  for (const map of ['_misfit', '_attributions'])
    await updateRows(
      ctx.lake,
      table_name,
      `${map} = mapFilter((name, value) -> name != {column:String}, ${map})`,
      `mapContains(${map}, {column:String}) AND ${before}`,
      { ...of, before: requested_at },
    );
  for (const part of OF_MODEL) {
    await ctx.turn();
    // Profiles of the column as it came again have a later revision.
    await part.removeColumn?.(ctx, { model, column, before: requested_at });
  }
}

/** Drops the column; one that was sent again meanwhile stands there again, empty. */
export async function dropColumnValues(
  ctx: Pick<Ctx, 'lake' | 'ledger'>,
  { model, table_name, target }: RemovalRow,
  values: 'gone' | 'going',
): Promise<void> {
  await dropColumn(ctx.lake, table_name, target!, values);
  const again = (await modelColumns(ctx, model)).filter(({ name }) => name === target);
  await addColumns(
    ctx.lake,
    table_name,
    again.map(({ name, type }) => ({ name, kind: type === 'numeric' ? 'numeric' : 'text' })),
  );
}
