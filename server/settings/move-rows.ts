import type { Ctx } from '../context.ts';
import { moveLabels, moveSharedRows } from '../events/move-rows.ts';
import { movePredictions } from '../events/predictions/move-predictions.ts';
import { modelRow } from '../models/find-model.ts';
import type { RemovedColumn } from '../models/removals.ts';
import type { RemovalRow } from '../store/ledger/schema.ts';

/**
 * Moves what was sent to a model to the one that it is merged into. Repeating it is harmless: what is there already is
 * not moved again. Nothing is moved when the other was removed meanwhile.
 */
export async function moveRows(ctx: Ctx, { model, table_name, target, columns }: RemovalRow): Promise<void> {
  const into = await modelRow(ctx, target!);
  if (into === undefined) return;
  const names = (JSON.parse(columns) as RemovedColumn[]).map(({ name }) => name);
  await movePredictions(ctx, { table: table_name, columns: names }, into);
  await moveLabels(ctx, model, into.id);
  await moveSharedRows(ctx, model, into.id);
}
