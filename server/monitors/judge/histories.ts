import type { Ctx } from '../../context.ts';
import type { Profile } from '../../profiles/profile.ts';
import { readProfiles } from '../../profiles/read.ts';
import { type Span, trafficTrack } from './subjects.ts';
import { type Track, widen } from './track.ts';

/** Windows reach back this far at most. */
export const HISTORY_MS = 28 * 86_400_000;
/** What the most demanding statistic wants in a window: p99 of latency. */
const MOST_WANTED = 1_200;

export interface HistoryRange {
  readonly model: string;
  readonly columns: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

/** Profiles per column and start of bucket. */
export async function readHistories(
  ctx: Pick<Ctx, 'lake'>,
  { bucketMs: step, ...range }: HistoryRange,
): Promise<Map<string, Map<number, Profile>>> {
  const histories = new Map<string, Map<number, Profile>>();
  for (const { column, time, profile } of await readProfiles(ctx, range, { step })) {
    const history = histories.get(column) ?? new Map<number, Profile>();
    histories.set(column, history.set(time, profile));
  }
  return histories;
}

export type Traffic = Span & { readonly traffic: Track };

/** Predictions per bucket between two event times. */
export async function readTraffic(
  ctx: Pick<Ctx, 'lake'>,
  { model, from, to, bucketMs }: Omit<HistoryRange, 'columns'>,
): Promise<Traffic> {
  const histories = await readHistories(ctx, { model, columns: ['_all'], from, to, bucketMs });
  const span = { start: from, bucketMs, buckets: (to - from) / bucketMs };
  return { ...span, traffic: trafficTrack(span, histories.get('_all') ?? new Map()) };
}

/** The same traffic from the bucket from which profiles are needed so that no window of a judged bucket is cut short. */
export function neededTraffic(
  all: Traffic,
  judged: { readonly from: number; readonly to: number },
  windowMs: number,
): Traffic {
  const { start, bucketMs, traffic } = all;
  const window = Math.max(1, Math.ceil(windowMs / bucketMs));
  const most = Math.max(window, HISTORY_MS / bucketMs);
  const bucket = (time: number) => (time - start) / bucketMs;
  let earliest = bucket(judged.from);
  for (let index = earliest; index < bucket(judged.to); index++) {
    const { from } = widen((a, b) => traffic.total(a, b), index, window, MOST_WANTED, most);
    if (from < earliest) earliest = from;
  }
  return {
    start: start + earliest * bucketMs,
    bucketMs,
    buckets: all.buckets - earliest,
    traffic: traffic.from(earliest),
  };
}
