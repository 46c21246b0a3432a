import { type NewModel, RANKING_K } from '../../contract/model.ts';
import { audit } from '../audit/audit.ts';
import type { Ctx } from '../context.ts';
import { createModelTable, modelTableName } from '../store/lake/model-table.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import { refuseRemoved } from './removals.ts';

export const HOUR_MS = 3_600_000;

/**
 * Makes a model with its table, unless there is one of that name. `made` tells which; a table that was made is empty.
 * The table comes first: a model in the ledger always has one. Errors: model_being_deleted.
 */
export async function addModel(ctx: Ctx, wanted: NewModel): Promise<{ table: string; made: boolean }> {
  await refuseRemoved(ctx, wanted.id);
  const table = modelTableName(wanted.id);
  await createModelTable(ctx.lake, table);
  const now = ctx.clock();
  const row: ModelRow = {
    id: wanted.id,
    name: wanted.name ?? null,
    table_name: table,
    task: wanted.task ?? 'unknown',
    owner: wanted.owner ?? null,
    description: wanted.description ?? null,
    tags: JSON.stringify(wanted.tags ?? []),
    positive_label: wanted.positive_label ?? null,
    label_type: wanted.label_type ?? null,
    bucket_ms: wanted.bucket_ms ?? HOUR_MS,
    label_delay_ms: wanted.label_delay_ms ?? 0,
    ranking_k: wanted.ranking_k ?? RANKING_K,
    window_ms: wanted.window_ms ?? 24 * HOUR_MS,
    retention_days: wanted.retention_days ?? null,
    impact: wanted.impact == null ? null : JSON.stringify(wanted.impact),
    privacy: wanted.privacy?.length ? JSON.stringify(wanted.privacy) : null,
    runbook: wanted.runbook ?? null,
    segments: wanted.segments?.length ? JSON.stringify(wanted.segments) : null,
    protected: wanted.protected?.length ? JSON.stringify(wanted.protected) : null,
    upstream: wanted.upstream?.length ? JSON.stringify(wanted.upstream) : null,
    sources: wanted.sources?.length ? JSON.stringify(wanted.sources) : null,
    review: wanted.review == null ? null : JSON.stringify(wanted.review),
    decisions: wanted.decisions == null ? null : JSON.stringify(wanted.decisions),
    payload: wanted.payload == null ? null : JSON.stringify(wanted.payload),
    reference_id: null,
    importance: null,
    importance_source: null,
    created_at: now,
    updated_at: now,
  };
  const made = await ctx.ledger.transaction().execute(async (trx) => {
    const result = await trx
      .insertInto('models')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows !== 1n) return false;
    await audit(ctx, trx, 'model.create', row.id, { task: row.task });
    return true;
  });
  return { table, made };
}
