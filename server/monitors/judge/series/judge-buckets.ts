import type { Ctx } from '../../../context.ts';
import type { Subject } from '../../subject.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import { dayOf, referencesAt } from '../state/references.ts';
import { settingsOf } from '../state/settings.ts';
import { segmentOf, type Watcher } from '../state/watcher.ts';
import { type Counts, countsOf, earliestNeeded, type Reach } from '../windows/counts.ts';
import { type Recent, readRecent } from '../windows/recent.ts';
import { type WindowProfiles, windowProfiles } from '../windows/window-profiles.ts';
import { judgeAttributions } from './judge-attributions.ts';
import { judgeColumns } from './judge-columns.ts';
import { judgeHolds } from './judge-holds.ts';
import { judgeReviews } from './judge-reviews.ts';
import { judgeErrors, judgeLatency, readService } from './judge-service.ts';
import { judgeTelemetry } from './judge-telemetry.ts';
import { judgeTraffic } from './judge-traffic.ts';
import type { Pass } from './judgeable.ts';

/** Traffic is compared with the same hours of four weeks before, of up to a week at once. */
export const TRAFFIC_REACH_MS = 35 * 86_400_000;
/** What the most demanding quantile of latency wants in a window: p99, and that where segments share the chance of a false alarm. */
const LATENCIES = 1_200;
const LATENCIES_SHARED = 2_400;
/** What is judged of the buckets themselves, whatever is in them. */
const OF_THE_CLOCK: readonly Subject['source'][] = ['traffic', 'reviews', 'holds', 'telemetry'];

/** Judges the buckets of a pass by everything that is known when they are complete: all but quality. */
export async function judgeBuckets(
  ctx: Ctx,
  known: Case,
  watchers: readonly Watcher[],
  pass: Pass,
): Promise<void> {
  for (const some of Map.groupBy(watchers, ({ segment }) => segment).values()) {
    await judgeTogether(ctx, known, some, pass);
    await ctx.turn();
  }
}

/** The same by monitors of one segment. */
async function judgeTogether(ctx: Ctx, known: Case, watchers: readonly Watcher[], pass: Pass): Promise<void> {
  const recent = await readRecent(
    ctx,
    known,
    countedReaches(known, watchers),
    inSegment(watchers, pass),
    countsStart(known, watchers, pass),
  );
  const counts = recent?.counts ?? (await readBucketCounts(ctx, known, watchers, pass));
  const reading = (source: Subject['source']) => watchers.filter(({ kind }) => kind.reads === source);
  await judgeTraffic(known, reading('traffic'), counts, pass);
  await judgeReviews(ctx, known, reading('reviews'), counts, pass);
  await judgeHolds(ctx, known, reading('holds'), counts, pass);
  await judgeTelemetry(ctx, known, reading('telemetry'), counts, pass);
  const rest = watchers.filter(({ kind }) => !OF_THE_CLOCK.includes(kind.reads));
  if (rest.length === 0) return;
  const references = referencesAt(ctx, known, dayOf(pass.from), segmentOf(watchers));
  const { base, windows } = await readWindows(ctx, known, rest, { counts, recent, pass });
  const service = await readService(known, [...reading('errors'), ...reading('latency')], windows);
  await judgeErrors(known, references, reading('errors'), { base, service, pass });
  await judgeLatency(ctx, known, references, reading('latency'), { base, service, pass });
  await judgeColumns(ctx, known, references, reading('column'), { base, windows, pass });
  await judgeAttributions(ctx, known, references, reading('attributions'), { base, windows, pass });
}

/** What the windows of a pass look at: what is at hand, unless one had to be made wider. */
async function readWindows(
  ctx: Ctx,
  known: Case,
  watchers: readonly Watcher[],
  {
    counts,
    recent,
    pass,
  }: { readonly counts: Counts; readonly recent?: Recent | undefined; readonly pass: Pass },
): Promise<{ base: Counts; windows: WindowProfiles }> {
  const near = neededCounts(known, watchers, counts, pass);
  if (recent !== undefined && near.start >= recent.from) return { base: near, windows: recent.windows };
  const base =
    recent === undefined
      ? near
      : neededCounts(known, watchers, await readBucketCounts(ctx, known, watchers, pass), pass);
  return { base, windows: windowProfiles(ctx, known, base, inSegment(watchers, pass)) };
}

/** How far back any of the monitors looks. */
function countsStart(
  { model, plan }: Pick<Case, 'model' | 'plan'>,
  watchers: readonly Watcher[],
  { from }: Stretch,
): number {
  const bucketMs = model.bucket_ms;
  const reaches = watchers.map(({ kind, options }) => settingsOf(kind, options, model).settings.maxWindow);
  const back = reaches.reduce((a, b) => Math.max(a, b * bucketMs), TRAFFIC_REACH_MS);
  return Math.min(from, Math.max(plan.first, from - Math.ceil(back / bucketMs) * bucketMs));
}

const inSegment = (watchers: readonly Watcher[], { from, to }: Stretch) => ({
  ...{ from, to },
  segment: segmentOf(watchers),
});

/** Counts as far back as any of the monitors looks. All are of one segment. */
export function readBucketCounts(
  ctx: Ctx,
  { model, columns, plan }: Pick<Case, 'model' | 'columns' | 'plan'>,
  watchers: readonly Watcher[],
  pass: Stretch,
): Promise<Counts> {
  const counted = ['_all', ...(columns.has('_latency_ms') ? ['_latency_ms'] : [])];
  const from = countsStart({ model, plan }, watchers, pass);
  return countsOf(ctx, model.id, counted, {
    ...{ from, to: pass.to, bucketMs: model.bucket_ms },
    segment: segmentOf(watchers),
  });
}

/** The windows of monitors by what their width depends on: the count of latencies, or of predictions. */
export function reachesOf(
  { model }: Pick<Case, 'model'>,
  watchers: readonly Watcher[],
): { predictions: Reach[]; latencies: Reach[] } {
  const reaches = (some: readonly Watcher[]) =>
    some.map(({ kind, options }) => settingsOf(kind, options, model).settings);
  return {
    predictions: reaches(watchers.filter(({ kind }) => kind.reads !== 'latency')),
    latencies: reaches(watchers.filter(({ kind }) => kind.reads === 'latency')).map((reach) => ({
      ...reach,
      minN: Math.max(reach.minN, segmentOf(watchers) === '' ? LATENCIES : LATENCIES_SHARED),
    })),
  };
}

/** Those of what is counted. */
function countedReaches(known: Pick<Case, 'model' | 'columns'>, watchers: readonly Watcher[]): Reach[] {
  const { predictions, latencies } = reachesOf(known, watchers);
  return known.columns.has('_latency_ms') ? [...predictions, ...latencies] : predictions;
}

/** The same counts from the first bucket that any window looks at. */
function neededCounts(known: Case, watchers: readonly Watcher[], counts: Counts, pass: Stretch): Counts {
  const { start, bucketMs, buckets } = counts;
  const [from, to] = [(pass.from - start) / bucketMs, (pass.to - start) / bucketMs];
  const { predictions, latencies } = reachesOf(known, watchers);
  const timed = known.columns.has('_latency_ms') ? latencies : [];
  const earliest = Math.min(
    earliestNeeded(counts.of('_all'), from, to, predictions),
    earliestNeeded(counts.of('_latency_ms'), from, to, timed),
  );
  return {
    start: start + earliest * bucketMs,
    bucketMs,
    buckets: buckets - earliest,
    of: (column) => counts.of(column).from(earliest),
  };
}
