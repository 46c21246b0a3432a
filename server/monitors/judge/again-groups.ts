import type { Ctx } from '../../context.ts';
import { seriesKey } from '../../signals/series.ts';
import type { AlertRow } from '../../store/ledger/schema.ts';
import { horizonOf } from './plan/horizon.ts';
import { clipped, merged, pieces, type Stretch, stretchesOf, touches } from './plan/stretches.ts';
import { attributionBaseline } from './series/judge-attributions.ts';
import { judgeBuckets, reachesOf, readBucketCounts, TRAFFIC_REACH_MS } from './series/judge-buckets.ts';
import { judgeQuality, readLabelCounts } from './series/judge-quality.ts';
import { latencyBaseline } from './series/judge-service.ts';
import type { Pass } from './series/judgeable.ts';
import { pastReach } from './series/past-windows.ts';
import type { Case } from './state/model-state.ts';
import {
  baselineName,
  isQuality,
  type QualityCase,
  type QualityWatcher,
  qualityCase,
  qualityWatchers,
} from './state/quality-case.ts';
import { settingsOf } from './state/settings.ts';
import { segmentOf, type Watcher } from './state/watcher.ts';
import { reached } from './windows/counts.ts';
import { rewrittenStretches } from './windows/rewritten.ts';

const WEEK = 7 * 86_400_000;
/** Buckets of which is asked in one go whether they are reached. */
const CHUNK = 4_000;

/** Monitors of one segment whose windows depend on the same counts, and what is to be judged again by them. Times are event times. */
export interface Group {
  readonly watchers: readonly Watcher[];
  /** Buckets before it are judged. */
  readonly cursor: number;
  /** Judged buckets that were rewritten since. */
  readonly rewritten: readonly Stretch[];
  /** Where decisions may be others although values are not. */
  readonly deciding: readonly Stretch[];
  /** The columns that are concerned; all when absent. */
  readonly columns?: ReadonlySet<string>;
  /** What lies so near together is read in one. */
  readonly windowMs: number;
  /** Judged buckets of which some window holds a rewritten one. */
  reached(): Promise<readonly Stretch[]>;
  judge(pass: Pass): Promise<void>;
}

/** What there is to judge again of a model. */
export async function againGroups(ctx: Ctx, known: Case): Promise<Group[]> {
  const { model, plan, judgement } = known;
  const cursor = Math.floor(judgement.evaluated_to / model.bucket_ms) * model.bucket_ms;
  const again = known.watchers.filter(({ kind }) => kind.again === 'rewritten');
  const whole = plan.rewritten.filter(({ what }) => what === 'all');
  const rewritten = await rewrittenStretches(ctx, known, ['_all'], whole, cursor);
  const groups: Group[] = [];
  for (const some of Map.groupBy(again, ({ segment }) => segment).values()) {
    const traffic = some.filter(({ kind }) => kind.reads === 'traffic');
    const profiles = some.filter((watcher) => watcher.kind.reads !== 'traffic' && !isQuality(watcher));
    groups.push(
      trafficGroup(ctx, known, traffic, rewritten, cursor),
      profileGroup(ctx, known, profiles, rewritten, cursor),
      ...(await columnGroups(ctx, known, profiles, cursor)),
    );
  }
  for (const watcher of qualityWatchers(known, again)) {
    const quality = qualityCase(known, watcher, cursor);
    if (!('reason' in quality)) groups.push(await qualityGroup(ctx, known, watcher, quality));
  }
  return groups.filter(({ watchers, rewritten }) => watchers.length > 0 && rewritten.length > 0);
}

function trafficGroup(
  ctx: Ctx,
  known: Case,
  watchers: readonly Watcher[],
  rewritten: readonly Stretch[],
  cursor: number,
): Group {
  const followed = (ms: number) =>
    merged(
      clipped(
        rewritten.map(({ from, to }) => ({ from, to: to + ms })),
        0,
        cursor,
      ),
    );
  return {
    watchers,
    cursor,
    rewritten,
    deciding: followed(TRAFFIC_REACH_MS),
    windowMs: WEEK,
    // As many buckets are looked at together, at most.
    reached: async () => followed(WEEK),
    judge: (pass) => judgeBuckets(ctx, known, watchers, pass),
  };
}

function profileGroup(
  ctx: Ctx,
  known: Case,
  watchers: readonly Watcher[],
  rewritten: readonly Stretch[],
  cursor: number,
): Group {
  const { model } = known;
  const { predictions, latencies } = reachesOf(known, watchers);
  const changed = (from: number, to: number) => touches(rewritten, from, to);
  return {
    watchers,
    cursor,
    rewritten,
    deciding: [latencyBaseline, attributionBaseline].flatMap((named) =>
      withoutBaseline(known, named(segmentOf(watchers)), rewritten, cursor),
    ),
    windowMs: model.window_ms,
    reached: () =>
      reachedStretches(known, rewritten, cursor, [...predictions, ...latencies], async (piece) => {
        const counts = await readBucketCounts(ctx, known, watchers, piece);
        const { start, bucketMs } = counts;
        const bucket = (time: number) => (time - start) / bucketMs;
        const isChanged = (from: number, to: number) =>
          changed(start + from * bucketMs, start + to * bucketMs);
        const [from, to] = [bucket(piece.from), bucket(piece.to)];
        return [
          ...reached(counts.of('_all'), from, to, predictions, isChanged),
          ...reached(counts.of('_latency_ms'), from, to, latencies, isChanged),
        ].map((index) => start + index * bucketMs);
      }),
    judge: (pass) => judgeBuckets(ctx, known, watchers, pass),
  };
}

/** Columns that were counted anew, as something else: only what looks at them is judged again. */
async function columnGroups(
  ctx: Ctx,
  known: Case,
  watchers: readonly Watcher[],
  cursor: number,
): Promise<Group[]> {
  const some = known.plan.rewritten.filter(({ what }) => what === 'columns');
  const columns = new Set(some.flatMap((rewrite) => rewrite.columns ?? []));
  if (columns.size === 0) return [];
  const reading = watchers.filter(({ kind }) => kind.reads === 'column');
  const rewritten = await rewrittenStretches(ctx, known, [...columns], some, cursor);
  const group = profileGroup(ctx, known, reading, rewritten, cursor);
  return [{ ...group, columns, judge: (pass) => judgeBuckets(ctx, known, reading, { ...pass, columns }) }];
}

async function qualityGroup(
  ctx: Ctx,
  known: Case,
  watcher: QualityWatcher,
  quality: QualityCase,
): Promise<Group> {
  const { model, plan } = known;
  const { cursor, recipe } = quality;
  const changed = await rewrittenStretches(ctx, known, recipe.columns, plan.rewritten, cursor);
  const rewritten = await concerned(ctx, known, quality, changed);
  const { settings } = settingsOf(watcher.kind, watcher.options, model, recipe.metric);
  return {
    watchers: [watcher],
    columns: new Set([watcher.column]),
    cursor,
    rewritten,
    deciding: withoutBaseline(known, baselineName(watcher), changed, cursor),
    windowMs: settings.window * model.bucket_ms,
    reached: () =>
      reachedStretches(known, rewritten, cursor, [settings], async (piece) => {
        const { start, bucketMs, labelled } = await readLabelCounts(ctx, known, quality, piece);
        const [from, to] = [(piece.from - start) / bucketMs, (piece.to - start) / bucketMs];
        const isChanged = (a: number, b: number) =>
          touches(rewritten, start + a * bucketMs, start + b * bucketMs);
        return reached(labelled, from, to, [settings], isChanged).map((index) => start + index * bucketMs);
      }),
    judge: async (pass) =>
      judgeQuality(ctx, known, quality, await readLabelCounts(ctx, known, quality, pass), pass),
  };
}

/**
 * Of which buckets a quality monitor is concerned by what was rewritten. For most they are the same; of an estimate labels change nothing but
 * what later ones are measured by.
 */
async function concerned(
  ctx: Ctx,
  known: Case,
  { recipe, cursor }: QualityCase,
  changed: readonly Stretch[],
): Promise<readonly Stretch[]> {
  if (!recipe.learned?.ahead || changed.length === 0) return changed;
  const scores = await rewrittenStretches(ctx, known, recipe.labelledIn, known.plan.rewritten, cursor);
  const { lag, length } = pastReach(known.model);
  const measured = changed.map(({ from, to }) => ({ from: from + lag, to: to + lag + length }));
  return merged([...scores, ...clipped(measured, 0, cursor)]);
}

/** The buckets that any window could carry a change to, asked piece by piece which ones it does. */
async function reachedStretches(
  { model }: Case,
  rewritten: readonly Stretch[],
  cursor: number,
  reaches: readonly { readonly maxWindow: number }[],
  ask: (piece: Stretch) => Promise<number[]>,
): Promise<Stretch[]> {
  const { bucket_ms: bucketMs } = model;
  const most = reaches.reduce((widest, { maxWindow }) => Math.max(widest, maxWindow), 1) * bucketMs;
  const near = merged(
    clipped(
      rewritten.map(({ from, to }) => ({ from, to: to + most })),
      0,
      cursor,
    ),
  );
  const found: Stretch[] = [];
  for (const stretch of near)
    for (const piece of pieces(stretch, CHUNK * bucketMs))
      found.push(
        ...stretchesOf(
          [...new Set(await ask(piece))].sort((a, b) => a - b),
          bucketMs,
        ),
      );
  return merged(found);
}

/**
 * A baseline that was counted from what is rewritten is made anew when it is needed, and then all that is not too old is
 * decided anew.
 */
function withoutBaseline(
  { model, baselines }: Case,
  name: string,
  rewritten: readonly Stretch[],
  cursor: number,
): Stretch[] {
  const baseline = baselines.get(name);
  if (baseline === undefined || !touches(rewritten, baseline.from, baseline.to)) return [];
  baselines.delete(name);
  return [{ from: cursor - horizonOf(model).horizonMs, to: cursor }];
}

/** The alerts that a group judges. */
export function alertsOf({ alerts }: Case, { watchers, columns }: Group): Map<string, AlertRow> {
  const monitors = new Set(watchers.map(({ monitor }) => monitor.id));
  const judged = [...alerts.values()].filter(
    ({ monitor, column, segment }) =>
      monitors.has(monitor) && segment === segmentOf(watchers) && (columns?.has(column) ?? true),
  );
  return new Map(judged.map((row) => [seriesKey(row), row]));
}
