import type { ModelChange } from '../../contract/model.ts';
import type { Ctx } from '../context.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { changeModel } from '../models/configure-model.ts';
import { unwatchColumns } from '../monitors/configure/unwatch.ts';

/** Changes what is configured for a model; what is not watched any more fires no more. Errors: as changeModel. */
export async function changeSettings(
  ctx: Ctx,
  schemas: Schemas,
  id: string,
  change: ModelChange,
): Promise<void> {
  await changeModel(ctx, schemas, id, change);
  if (change.columns !== undefined) await unwatchColumns(ctx, id);
}
