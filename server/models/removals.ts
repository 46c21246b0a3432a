import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import { type Ctx, shownName } from '../context.ts';
import type { ColumnRow, Ledger, ModelRow, RemovalRow } from '../store/ledger/schema.ts';
import { attributionOf } from './columns/attributions.ts';

/** Other servers believe what they know of a model for 10 s; what they wrote by then is removed with it. */
export const GRACE_MS = 15_000;

/** What has a stamp before it belongs to what was removed; nobody else bears the name before `GRACE_MS` have passed. */
export function stampsBefore({ requested_at }: Pick<RemovalRow, 'requested_at'>): number {
  return requested_at + 10_000;
}

/** A column as it was, so that its rows can be moved. */
export type RemovedColumn = Pick<ColumnRow, 'name' | 'type'>;

/**
 * Takes a model out of everybody's sight and notes that it is to be removed: from here on nobody finds it, and its name
 * is taken until everything of it is gone. In the transaction of who asked for it. Errors: not_found, conflict (another
 * model is just being merged into it).
 */
export async function beginRemoval(
  ctx: Pick<Ctx, 'ids' | 'clock' | 'actor'>,
  trx: Transaction<Ledger>,
  model: ModelRow,
  into: string | null,
): Promise<RemovalRow> {
  const columns = await trx
    .selectFrom('columns')
    .select(['name', 'type'])
    .where('model', '=', model.id)
    .orderBy('position')
    .execute();
  const row: RemovalRow = {
    id: ctx.ids.id(),
    kind: into === null ? 'model' : 'merge',
    model: model.id,
    table_name: model.table_name,
    target: into,
    columns: JSON.stringify(columns),
    requested_by: shownName(ctx.actor),
    requested_by_id: ctx.actor.id,
    requested_at: ctx.clock(),
    finished_at: null,
  };
  await refuseWhileFilled(trx, model.id);
  await trx.insertInto('removals').values(row).execute();
  for (const table of ['columns', 'grids', 'inferences'] as const)
    await trx.deleteFrom(table).where('model', '=', model.id).execute();
  const gone = await trx.deleteFrom('models').where('id', '=', model.id).executeTakeFirst();
  // Somebody else was faster: of two removals the one would take away what the other is to move.
  if (gone.numDeletedRows === 0n) throw new TiltmeterError('not_found', `there is no model ${model.id}`);
  return row;
}

/** What is being moved into a model would be lost with it, and gets a stamp as if it came now. Errors: conflict. */
export async function refuseWhileFilled(trx: Transaction<Ledger>, model: string): Promise<void> {
  const merge = await trx
    .selectFrom('removals')
    .select('model')
    .where('kind', '=', 'merge')
    .where('target', '=', model)
    .where('finished_at', 'is', null)
    .executeTakeFirst();
  if (merge !== undefined)
    throw new TiltmeterError('conflict', `${merge.model} is being merged into ${model}; wait a minute`);
}

/**
 * Takes a column out of everybody's sight and notes that it is to be removed. `written`: the newest revision of its
 * profiles, which may be ahead of the clock. Errors: not_found.
 */
export async function beginColumnRemoval(
  ctx: Pick<Ctx, 'ids' | 'clock' | 'actor'>,
  trx: Transaction<Ledger>,
  model: ModelRow,
  { column, written }: { readonly column: string; readonly written: number },
): Promise<RemovalRow> {
  const gone = await trx
    .deleteFrom('columns')
    .where('model', '=', model.id)
    .where('name', '=', column)
    .returning(['name', 'type'])
    .executeTakeFirst();
  if (gone === undefined) throw new TiltmeterError('not_found', `${model.id} has no column ${column}`);
  await trx
    .deleteFrom('grids')
    .where('model', '=', model.id)
    .where('name', '=', attributionOf(column))
    .execute();
  const row: RemovalRow = {
    id: ctx.ids.id(),
    kind: 'column',
    model: model.id,
    table_name: model.table_name,
    target: column,
    columns: JSON.stringify([gone]),
    requested_by: shownName(ctx.actor),
    requested_by_id: ctx.actor.id,
    requested_at: Math.max(ctx.clock(), written) + 1,
    finished_at: null,
  };
  await trx.insertInto('removals').values(row).execute();
  const rest = withoutSplitsBy(model, column);
  if (rest !== null) await trx.updateTable('models').set(rest).where('id', '=', model.id).execute();
  if (model.importance !== null) {
    const { [column]: _, ...rest } = JSON.parse(model.importance) as Record<string, number>;
    await trx
      .updateTable('models')
      .set({ importance: JSON.stringify(rest) })
      .where('id', '=', model.id)
      .execute();
  }
  return row;
}

/** What predictions are split by when a column is gone; null where it splits none. */
function withoutSplitsBy(model: ModelRow, column: string): Pick<ModelRow, 'segments' | 'protected'> | null {
  const without = (json: string | null) => {
    const all = JSON.parse(json ?? '[]') as (string | string[])[];
    const left = all.filter((names) => ![names].flat().includes(column));
    return left.length === 0 ? null : left.length === all.length ? json : JSON.stringify(left);
  };
  const rest = { segments: without(model.segments), protected: without(model.protected) };
  return rest.segments === model.segments && rest.protected === model.protected ? null : rest;
}

/** Everything that is on its way out, oldest first. */
export function removals({ ledger }: Pick<Ctx, 'ledger'>): Promise<RemovalRow[]> {
  return ledger.selectFrom('removals').selectAll().orderBy('requested_at').orderBy('id').execute();
}

/** Errors: model_being_deleted while not everything of a model of this name is gone. */
export async function refuseRemoved({ ledger }: Pick<Ctx, 'ledger'>, model: string): Promise<void> {
  const row = await ledger
    .selectFrom('removals')
    .select('id')
    .where('model', '=', model)
    .where('kind', '!=', 'column')
    .where('finished_at', 'is', null)
    .executeTakeFirst();
  if (row !== undefined)
    throw new TiltmeterError(
      'model_being_deleted',
      `${model} is being deleted; its name is free in a minute`,
    );
}

/** Everything is gone: the name is free. */
export async function finishRemoval(trx: Transaction<Ledger>, id: string, now: number): Promise<void> {
  await trx.updateTable('removals').set({ finished_at: now }).where('id', '=', id).execute();
}

/** Nobody can have written anything of it any more. */
export async function forgetRemoval(trx: Transaction<Ledger>, id: string): Promise<void> {
  await trx.deleteFrom('removals').where('id', '=', id).execute();
}
