import { rfc3339 } from '../../../contract/time.ts';
import type { Traffic } from '../../../contract/traffic.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { keptAnswer } from '../../store/lake/kept-answers.ts';
import { rangeOf, type TimeRange } from '../distribution/range.ts';
import { stepOf } from '../distribution/steps.ts';
import { profileHead } from '../heads/read-heads.ts';
import { originOf } from '../read/queries/profiles.ts';
import { readProfiles } from '../read/read-profiles.ts';

export interface TrafficQuery extends TimeRange {
  /** Milliseconds a point stands for, at least. */
  readonly step?: number | undefined;
}

/**
 * Predictions per bucket, or per step of whole buckets so that there are at most 400 points, from the first one on.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function getTraffic(ctx: Ctx, modelId: string, query: TrafficQuery): Promise<Traffic> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const { bucket_ms } = model;
  const [{ from, to }, head] = await Promise.all([rangeOf(ctx, model, query), profileHead(ctx, model.id)]);
  const step = stepOf(to - from, bucket_ms, query.step);
  const counts = new Map(head === undefined ? [] : await countsOf(ctx, { model: model.id, from, to }, step));
  const newest = head?.last ?? null;
  return {
    model: model.id,
    from: rfc3339(from),
    to: rfc3339(to),
    step_ms: step,
    points: gapless(counts, step, {
      from: Math.max(from, head?.first ?? from),
      to: Math.min(to, (newest ?? from) + bucket_ms),
    }).map(({ time, n }) => ({ time: rfc3339(time), n })),
    filling:
      newest === null || newest < from || newest >= to || newest + bucket_ms <= ctx.clock()
        ? null
        : rfc3339(newest),
  };
}

/** Predictions of each step that has some. */
function countsOf(
  ctx: Ctx,
  between: { model: string; from: number; to: number },
  step: number,
): Promise<(readonly [number, number])[]> {
  const range = { ...between, columns: ['_all'] };
  return keptAnswer(ctx.lake, originOf(range), ['traffic', step], async () =>
    (await readProfiles(ctx, range, { step })).map(({ time, profile }) => [time, profile.n] as const),
  );
}

/** Counts of every step of a stretch: one in which nothing came is 0. `gapless(new Map(), 10, { from: 0, to: 20 })` → two zeros */
export function gapless(
  counts: ReadonlyMap<number, number>,
  step: number,
  { from, to }: { readonly from: number; readonly to: number },
): { time: number; n: number }[] {
  const points: { time: number; n: number }[] = [];
  for (let time = Math.floor(from / step) * step; time < to; time += step)
    points.push({ time, n: counts.get(time) ?? 0 });
  return points;
}
