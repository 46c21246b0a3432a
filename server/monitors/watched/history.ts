import type { Ctx } from '../../context.ts';
import { readValues, type SeriesValue } from '../../signals/read-values.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { watchedName } from './name.ts';

const REACH_MS = 28 * 86_400_000;
const MOST_BUCKETS = 1_000;

/** Values of a signal, from far enough back that what is said of them is the same however they came in. */
export interface WatchedHistory {
  /** Start of the first bucket that is read. */
  readonly start: number;
  readonly bucketMs: number;
  /** By the bucket from `start` on; NaN where there is none. */
  readonly values: Float64Array;
  /** The first bucket of those asked for whose value is still to come; the end of them when none is. */
  readonly settledTo: number;
  readonly layer: SeriesValue['layer'] | null;
  readonly unit: string;
}

/** Length of the blocks of time that a detector begins anew with: 28 days, or 1,000 buckets where that is shorter. */
export const blockMs = (bucketMs: number) =>
  Math.min(MOST_BUCKETS, Math.ceil(REACH_MS / bucketMs)) * bucketMs;

/** Where the detector begins that judges a bucket: one whole block before the block that it is in. */
export function beginOf(time: number, bucketMs: number): number {
  const block = blockMs(bucketMs);
  return Math.max(0, (Math.floor(time / block) - 1) * block);
}

/** The values that judging the buckets `from` … `to` takes: at most two blocks before them. */
export async function readHistory(
  ctx: Pick<Ctx, 'lake'>,
  model: Pick<ModelRow, 'id' | 'bucket_ms'>,
  series: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<WatchedHistory> {
  const bucketMs = model.bucket_ms;
  const start = beginOf(from, bucketMs);
  const found = await readValues(ctx, { model: model.id, ...watchedName(series), from: start, to });
  const values = new Float64Array(Math.max(0, Math.ceil((to - start) / bucketMs))).fill(Number.NaN);
  for (const { time, value } of found)
    if (value !== null) values[Math.floor((time - start) / bucketMs)] = value;
  const open = found.find(({ time, status }) => time >= from && status === 'labels_not_mature');
  const { layer = null, unit = '' } = found.at(-1) ?? {};
  return { start, bucketMs, values, settledTo: open?.time ?? to, layer, unit };
}
