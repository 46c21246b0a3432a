import { TiltmeterError } from '../../../contract/errors.ts';
import { epochMs, type TimeInput } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { bucketStart } from '../buckets.ts';
import { profileHead } from '../heads/read-heads.ts';

export interface TimeRange {
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
}

/**
 * The buckets that a range touches, in epoch milliseconds. Without an end: to the newest bucket of the model; without a
 * beginning: the model's drift window before the end. Errors: invalid_request.
 */
export async function rangeOf(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  model: Pick<ModelRow, 'id' | 'bucket_ms' | 'window_ms'>,
  { from, to }: TimeRange,
): Promise<{ from: number; to: number }> {
  const { bucket_ms } = model;
  const up = (ms: number) => -bucketStart(-ms, bucket_ms);
  const end = to === undefined ? (await newestBucket(ctx, model)) + bucket_ms : up(epochMs(to));
  const begin = bucketStart(from === undefined ? end - model.window_ms : epochMs(from), bucket_ms);
  if (begin >= end) throw new TiltmeterError('invalid_request', 'to must be after from');
  return { from: begin, to: end };
}

/** The bucket of the newest event; one that is dated ahead of its arrival does not count while there are others. */
async function newestBucket(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  { id, bucket_ms }: Pick<ModelRow, 'id' | 'bucket_ms'>,
): Promise<number> {
  const head = await profileHead(ctx, id);
  return bucketStart(head?.newest_event ?? head?.last ?? ctx.clock(), bucket_ms);
}
