import type { Model, ModelChange } from '../../contract/model.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { configureModel } from './configure-model.ts';
import { getModel } from '../fleet/get-model.ts';

/** Changes what is configured for a model; absent fields stay. Errors: not_allowed, not_found, conflict. */
export async function changeModel(ctx: Ctx, id: string, change: ModelChange): Promise<Model> {
  authorise(ctx.actor, 'write');
  await configureModel(ctx, id, change);
  return getModel(ctx, id);
}
