import type { Ctx } from '../../context.ts';
import type { Subject } from '../subject.ts';
import { type Counts, countsOf, earliestNeeded, type Reach } from './counts.ts';
import { judgeColumns } from './judge-columns.ts';
import { judgeErrors, judgeLatency, readService } from './judge-service.ts';
import { judgeTraffic } from './judge-traffic.ts';
import type { Case } from './model-state.ts';
import type { Pass } from './pass.ts';
import { dayOf, referencesAt } from './references.ts';
import { settingsOf } from './settings.ts';
import type { Stretch } from './stretches.ts';
import type { Watcher } from './watcher.ts';

/** Traffic is compared with the same hours of four weeks before, of up to a week at once. */
export const TRAFFIC_REACH_MS = 35 * 86_400_000;
/** What the most demanding quantile of latency wants in a window: p99. */
const LATENCIES = 1_200;

/** Judges the buckets of a pass by everything that is known when they are complete: all but quality. */
export async function judgeBuckets(
  ctx: Ctx,
  known: Case,
  watchers: readonly Watcher[],
  pass: Pass,
): Promise<void> {
  const counts = await readBucketCounts(ctx, known, watchers, pass);
  const reading = (source: Subject['source']) => watchers.filter(({ kind }) => kind.reads === source);
  await judgeTraffic(known, reading('traffic'), counts, pass);
  const rest = watchers.filter(({ kind }) => kind.reads !== 'traffic');
  if (rest.length === 0) return;
  const references = referencesAt(ctx, known.model, dayOf(pass.from));
  const base = neededCounts(known, rest, counts, pass);
  const service = await readService(ctx, known, [...reading('errors'), ...reading('latency')], base, pass);
  await judgeErrors(known, references, reading('errors'), { base, service, pass });
  await judgeLatency(ctx, known, references, reading('latency'), { base, service, pass });
  await judgeColumns(ctx, known, references, reading('column'), { base, pass });
}

/** Counts as far back as any of the monitors looks. */
export function readBucketCounts(
  ctx: Ctx,
  { model, columns, plan }: Pick<Case, 'model' | 'columns' | 'plan'>,
  watchers: readonly Watcher[],
  { from, to }: Stretch,
): Promise<Counts> {
  const bucketMs = model.bucket_ms;
  const reaches = watchers.map(({ kind, options }) => settingsOf(kind, options, model).settings.maxWindow);
  const back = reaches.reduce((a, b) => Math.max(a, b * bucketMs), TRAFFIC_REACH_MS);
  const start = Math.max(plan.first, from - Math.ceil(back / bucketMs) * bucketMs);
  const counted = ['_all', ...(columns.has('_latency_ms') ? ['_latency_ms'] : [])];
  return countsOf(ctx, model.id, counted, { from: Math.min(start, from), to, bucketMs });
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
      minN: Math.max(reach.minN, LATENCIES),
    })),
  };
}

/** The same counts from the first bucket that any window looks at. */
function neededCounts(known: Case, watchers: readonly Watcher[], counts: Counts, pass: Stretch): Counts {
  const { start, bucketMs, buckets } = counts;
  const [from, to] = [(pass.from - start) / bucketMs, (pass.to - start) / bucketMs];
  const { predictions, latencies } = reachesOf(known, watchers);
  const earliest = Math.min(
    earliestNeeded(counts.of('_all'), from, to, predictions),
    earliestNeeded(counts.of('_latency_ms'), from, to, latencies),
  );
  return {
    start: start + earliest * bucketMs,
    bucketMs,
    buckets: buckets - earliest,
    of: (column) => counts.of(column).from(earliest),
  };
}
