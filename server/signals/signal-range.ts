import type { Ctx } from '../context.ts';
import { findModel } from '../models/find-model.ts';
import { readHeads } from './heads/read-heads.ts';
import type { SignalRange } from './queries/signal-range.ts';

/** A range of which either end may be left open. */
export type OpenRange = Omit<SignalRange, 'from' | 'to'> & {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** The range between the first and the newest value where it is open, and the model's bucket. Errors: not_found. */
export async function closed(
  ctx: Pick<Ctx, 'ledger'>,
  { from, to, ...range }: OpenRange,
): Promise<SignalRange & { readonly bucketMs: number }> {
  const { bucket_ms: bucketMs } = await findModel(ctx, range.model);
  const head = (await readHeads(ctx, [range.model])).get(range.model);
  const until = to ?? (head?.last === undefined ? 0 : head.last + bucketMs);
  return { ...range, from: from ?? head?.first ?? until, to: until, bucketMs };
}
