import type { Updateable } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { ColumnType, ModelChange } from '../../contract/model.ts';
import { FEATURE_NAME } from '../../contract/name.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { ColumnRow, ModelRow } from '../store/ledger/schema.ts';
import { canMean, meaningOf, storedType } from './columns/meaning.ts';
import { PREDICTION, type SchemaColumn } from './columns/schema.ts';
import { declareColumns, type NewColumn, type Schemas } from './columns/schemas.ts';
import { findModel } from './find-model.ts';
import { forgetInferredTask } from './inferences.ts';
import { refuseSettings } from './refuse-settings.ts';

/** Settings that are stored as they come. */
const PLAIN = [
  'name',
  'task',
  'owner',
  'description',
  'positive_label',
  'label_type',
  'bucket_ms',
  'label_delay_ms',
  'ranking_k',
  'window_ms',
  'retention_days',
  'runbook',
] as const;

/** Changes what is configured for a model; absent fields stay. For how long predictions are kept is for admins. Errors: not_allowed, not_found, conflict, invalid_request. */
export async function changeModel(
  ctx: Ctx,
  schemas: Schemas,
  id: string,
  change: ModelChange,
): Promise<void> {
  authorise(ctx.actor, 'write');
  await requireAdminToKeep(ctx, id, change);
  await configureModel(ctx, schemas, id, change);
}

/** What is kept for another time may go within the hour: as what is deleted, that is for admins. Errors: not_allowed, not_found. */
async function requireAdminToKeep(
  ctx: Ctx,
  id: string,
  { retention_days: days }: ModelChange,
): Promise<void> {
  if (days === undefined || ctx.actor.scopes.has('admin')) return;
  if ((await findModel(ctx, id)).retention_days === days) return;
  throw new TiltmeterError('not_allowed', 'retention_days: admins say for how long predictions are kept');
}

/** Stores settings and declared columns of a model, and tells the way in. Errors: not_found, conflict, invalid_request. */
export async function configureModel(
  ctx: Ctx,
  schemas: Schemas,
  id: string,
  change: Partial<ModelChange>,
): Promise<void> {
  const model = await findModel(ctx, id);
  await refuseSettings(ctx, model, change);
  const stored = await declare(ctx, schemas.maxColumns, model, change.columns ?? {});
  const update = updateOf(change);
  const changed = Object.entries(change).filter(([, value]) => value !== undefined);
  if (changed.length === 0) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx
      .updateTable('models')
      .set({ ...update, updated_at: ctx.clock() })
      .where('id', '=', id)
      .execute();
    for (const [name, { type, safe }] of Object.entries(change.columns ?? {})) {
      const set: Updateable<ColumnRow> = {
        ...(type === undefined ? {} : meant(type, stored.get(name)?.type)),
        ...(safe === undefined ? {} : { safe: safe ? 1 : 0 }),
      };
      if (Object.keys(set).length === 0) continue;
      await trx.updateTable('columns').set(set).where('model', '=', id).where('name', '=', name).execute();
    }
    if (change.task !== undefined) await forgetInferredTask(trx, id);
    await audit(ctx, trx, 'model.change', id, Object.fromEntries(changed));
  });
  schemas.forget(id);
}

function updateOf(change: Partial<ModelChange>): Updateable<ModelRow> {
  const update: Updateable<ModelRow> = {};
  for (const field of PLAIN)
    if (change[field] !== undefined) Object.assign(update, { [field]: change[field] });
  if (change.impact !== undefined)
    update.impact = change.impact === null ? null : JSON.stringify(change.impact);
  if (change.tags !== undefined) update.tags = JSON.stringify(change.tags);
  if (change.segments !== undefined)
    update.segments = change.segments.length === 0 ? null : JSON.stringify(change.segments);
  if (change.protected !== undefined)
    update.protected = change.protected.length === 0 ? null : JSON.stringify(change.protected);
  if (change.upstream !== undefined)
    update.upstream = change.upstream.length === 0 ? null : JSON.stringify([...new Set(change.upstream)]);
  if (change.sources !== undefined)
    update.sources = change.sources.length === 0 ? null : JSON.stringify(change.sources);
  if (change.review !== undefined)
    update.review = change.review === null ? null : JSON.stringify(change.review);
  if (change.decisions !== undefined)
    update.decisions = change.decisions === null ? null : JSON.stringify(change.decisions);
  if (change.payload !== undefined)
    update.payload = change.payload === null ? null : JSON.stringify(change.payload);
  if (change.privacy !== undefined)
    update.privacy = change.privacy.length === 0 ? null : JSON.stringify(change.privacy);
  // Without what people say it is learned again.
  if (change.importance === null) Object.assign(update, { importance: null, importance_source: null });
  else if (change.importance !== undefined) {
    update.importance = JSON.stringify(shares(change.importance));
    update.importance_source = 'user';
  }
  return update;
}

/** What people say a column is: nothing recognises it any more. What is stored as numbers stays so, whatever it stands for. */
function meant(type: ColumnType, stored: ColumnRow['type'] | undefined): Updateable<ColumnRow> {
  const said = { recognised: null, looked: null };
  const form = type === 'numeric' || type === 'categorical' || type === 'boolean';
  const codes = stored === 'numeric' && type === 'categorical';
  return form && !codes ? { ...said, type, meaning: null, declared: 1 } : { ...said, meaning: type };
}

/** Adds the columns that are new, refuses what cannot be done with those that exist, and answers with all of them. */
async function declare(
  ctx: Ctx,
  limit: number,
  model: ModelRow,
  columns: NonNullable<ModelChange['columns']>,
): Promise<ReadonlyMap<string, SchemaColumn>> {
  const existing = await ctx.ledger
    .selectFrom('columns')
    .select(['name', 'type', 'meaning'])
    .where('model', '=', model.id)
    .execute();
  const fresh = freshColumns(new Map(existing.map((column) => [column.name, column])), columns);
  const features = existing.filter(({ name }) => name !== PREDICTION).length + fresh.length;
  if (features > limit) throw new TiltmeterError('too_many_features');
  return declareColumns(ctx, model.id, model.table_name, fresh);
}

/** Those of the declared columns that do not exist yet. Errors: invalid_feature_name, invalid_request, conflict. */
export function freshColumns(
  existing: ReadonlyMap<string, Pick<ColumnRow, 'type' | 'meaning'>>,
  columns: NonNullable<ModelChange['columns']>,
): NewColumn[] {
  const fresh: NewColumn[] = [];
  for (const [name, { type }] of Object.entries(columns)) {
    if (name !== PREDICTION && !FEATURE_NAME.test(name)) throw new TiltmeterError('invalid_feature_name');
    const now = existing.get(name);
    if (now === undefined) {
      if (type === undefined)
        throw new TiltmeterError('invalid_request', `there is no column ${name}; give its type`);
      fresh.push({ name, type: storedType(type), declared: true });
    } else if (type !== undefined && !canMean(now.type, type)) {
      throw new TiltmeterError('conflict', refusal(name, now, type));
    }
  }
  return fresh;
}

/** Why a column cannot be what it is to be, and what can be done instead. */
function refusal(name: string, now: Pick<ColumnRow, 'type' | 'meaning'>, type: ColumnType): string {
  const stored = now.type === 'numeric' ? 'numbers' : 'text';
  const instead =
    type === 'numeric'
      ? 'delete the column and send it as numbers'
      : 'numbers that stand for categories can be categorical';
  return `${name} is ${meaningOf(now)} and stored as ${stored}: it cannot become ${type}; ${instead}`;
}

/** Importance as shares that sum to 1. */
function shares(importance: Record<string, number>): Record<string, number> {
  const sum = Object.values(importance).reduce((total, value) => total + value, 0);
  if (sum === 0) return importance;
  return Object.fromEntries(Object.entries(importance).map(([name, value]) => [name, value / sum]));
}
