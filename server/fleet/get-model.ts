import type { Model } from '../../contract/model.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { findModel } from '../models/find-model.ts';
import { listColumns } from '../models/list-columns.ts';
import { referenceById } from '../profiles/references/find-reference.ts';
import { readFleet } from './read-fleet.ts';
import { summarise } from './summary.ts';

/** A model with its settings and columns. Errors: not_found. */
export async function getModel(ctx: Ctx, id: string): Promise<Model> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const [readings, columns, reference] = await Promise.all([
    readFleet(ctx, [model]),
    listColumns(ctx, id),
    referenceById(ctx, model.reference_id),
  ]);
  return {
    ...summarise(model, readings),
    bucket_ms: model.bucket_ms,
    window_ms: model.window_ms,
    label_delay_ms: model.label_delay_ms,
    positive_label: model.positive_label,
    label_type: model.label_type,
    retention_days: model.retention_days,
    runbook: model.runbook,
    reference: reference && { id: reference.id, name: reference.name, kind: reference.kind },
    importance_source: model.importance_source,
    columns: columns.items,
  };
}
