import type { Ctx } from '../../../context.ts';
import type { ProfileHead } from '../../../profiles/heads/profile-head.ts';
import { FEW_PROFILES, readStored, together } from '../../../profiles/read/plain.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import { type Counts, countsFrom, type Reach } from './counts.ts';
import { type WindowProfiles, windowsOf } from './window-profiles.ts';

/** What monitors look at when an hour closes. */
export interface Recent {
  /** Predictions as far back as any monitor looks, other columns from `from` on. */
  readonly counts: Counts;
  /** Profiles from here on. */
  readonly from: number;
  readonly windows: WindowProfiles;
}

/**
 * Counts and windows of a pass over few buckets in one look, profiles as they are stored: a question for each kind of
 * monitor would take several times as long. Windows are taken to be as wide as the traffic of lately makes them. Undefined
 * when that would be many. `start`: how far back traffic is looked at.
 */
export async function readRecent(
  ctx: Pick<Ctx, 'lake'>,
  { model, columns, head }: Pick<Case, 'model' | 'columns' | 'head'>,
  reaches: readonly Reach[],
  { from, to, segment }: Stretch & { readonly segment: string },
  start: number,
): Promise<Recent | undefined> {
  const bucketMs = model.bucket_ms;
  const usual = usualTraffic(head);
  const widths = reaches.map((reach) => usualWidth(reach, usual));
  const recent = Math.max(start, from - Math.max(0, ...widths) * bucketMs);
  const versions = Math.max(1, head.versions.length);
  const buckets = (since: number) => (to - since) / bucketMs;
  if (buckets(recent) * columns.size * versions > FEW_PROFILES) return undefined;
  if (buckets(start) * versions > FEW_PROFILES) return undefined;
  const stored = await readStored(ctx, { model: model.id, segment, from: start, to }, recent);
  const span = { start, bucketMs, buckets: buckets(start) };
  const counts = countsFrom(
    span,
    stored.map(({ column, time, profile: { n, missing, invalid } }) => ({
      column,
      time,
      n,
      values: n - missing - invalid,
    })),
  );
  const within = stored.filter(({ time }) => time >= recent);
  return { counts, from: recent, windows: windowsOf(together(within, { time: (time) => time })) };
}

/** Buckets that a window looks at when each has as many predictions as `usual`: it is doubled until it has enough. */
function usualWidth({ window, steadyWindow, minN, maxWindow }: Reach, usual: number): number {
  let wide = window;
  while (wide * usual < minN && wide < maxWindow) wide *= 2;
  return Math.max(steadyWindow, Math.min(wide, Math.max(window, maxWindow)));
}

/** Predictions of a bucket, of those that had any lately. */
function usualTraffic({ traffic }: Pick<ProfileHead, 'traffic'>): number {
  const n = traffic.reduce((sum, bucket) => sum + bucket.n, 0);
  return n / Math.max(1, traffic.length);
}
