import type { ModelSlices } from '../../../contract/slices.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { findLosing } from '../../monitors/slices/find-losing.ts';
import { slicesInProcess } from '../../monitors/slices/process.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';

/** The slices of a range that lose most, searched when they are asked for. Errors: not_allowed, not_found, invalid_request. */
export async function getSlices(ctx: Ctx, modelId: string, query: TimeRange): Promise<ModelSlices> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  return findLosing(ctx, model, await rangeOf(ctx, model, query), slicesInProcess);
}
