import { TiltmeterError } from '../../../contract/errors.ts';
import type { NewReference, Reference } from '../../../contract/reference.ts';
import { epochMs } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { bucketStart } from '../buckets.ts';
import { storeReference } from './store-reference.ts';

/**
 * A window of production as reference: fixed, or rolling behind the data. Windows begin and end at a bucket's edge: a
 * bucket that is touched belongs to them. Errors: not_allowed, not_found, invalid_request, conflict (the name is taken).
 */
export async function addReference(ctx: Ctx, modelId: string, wanted: NewReference): Promise<Reference> {
  authorise(ctx.actor, 'write');
  const model = await findModel(ctx, modelId);
  const { name, kind } = wanted;
  return storeReference(
    ctx,
    { id: ctx.ids.id(), model: model.id, name, kind, options: windowOf(wanted, model.bucket_ms) },
    wanted.default ? 'always' : 'no',
  );
}

function windowOf(wanted: NewReference, bucketMs: number): Record<string, number> {
  const up = (ms: number) => -bucketStart(-ms, bucketMs);
  if (wanted.kind === 'rolling') {
    return { window_ms: up(wanted.window_ms), offset_ms: up(wanted.offset_ms) };
  }
  const from = bucketStart(epochMs(wanted.from), bucketMs);
  const to = up(epochMs(wanted.to));
  if (to <= from) throw new TiltmeterError('invalid_request', 'to must be after from');
  return { from, to };
}
