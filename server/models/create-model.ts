import { TiltmeterError } from '../../contract/errors.ts';
import type { NewModel } from '../../contract/model.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { addModel } from './add-model.ts';
import type { Schemas } from './columns/schemas.ts';
import { configureModel, freshColumns } from './configure-model.ts';

/** Declares a model before it sends anything. Errors: not_allowed, conflict, invalid_request. */
export async function createModel(ctx: Ctx, schemas: Schemas, { id, ...settings }: NewModel): Promise<void> {
  authorise(ctx.actor, 'write');
  freshColumns(new Map(), settings.columns ?? {});
  const { made } = await addModel(ctx, { id, ...settings });
  if (!made) throw new TiltmeterError('conflict', `there is a model ${id} already`);
  schemas.forget(id);
  await configureModel(ctx, schemas, id, { columns: settings.columns, importance: settings.importance });
}
