import type { Outcome } from '../../alerts/record.ts';
import { judgeSeries } from '../../alerts/series.ts';
import type { Ctx } from '../../context.ts';
import { type Series, seriesKey } from '../../signals/series.ts';
import type { MonitorRow } from '../../store/ledger/schema.ts';
import type { QualityKind } from '../kind.ts';
import type { QualityRecipe } from '../subject.ts';
import { HISTORY_MS, readHistories } from './histories.ts';
import { baselineOf } from './quality-baseline.ts';
import { settingsOf } from './settings.ts';
import { qualitySubject, trafficTrack } from './subjects.ts';
import { grace } from './watermark.ts';
import { measure, memoryOf, optionsOf, outside, type Work } from './work.ts';

/**
 * Judges quality as labels come in, which is on a time of its own: each bucket once it is mature, and again, without
 * deciding anew, whenever later labels change it. What is not mature yet is stored as late.
 */
export async function judgeQuality(
  ctx: Ctx,
  work: Work,
  monitor: MonitorRow,
  kind: QualityKind,
): Promise<Outcome[]> {
  const { model, heads, from, to } = work;
  const bucketMs = model.bucket_ms;
  const options = optionsOf(monitor);
  const recipe = kind.recipe(model, new Set(heads.keys()), options.metric);
  const { settings, rules, meta } = settingsOf(
    kind,
    options,
    model,
    'metric' in recipe ? recipe.metric : options.metric,
  );
  const series: Series = {
    model: model.id,
    monitor: monitor.id,
    kind: kind.id,
    metric: meta.id,
    layer: kind.layer,
    column: '',
    segment: '',
    version: '',
    definition: meta.definition,
    unit: meta.unit,
  };
  const previous = work.alerts.get(seriesKey(series)) ?? null;
  const shared = { series, severity: monitor.severity, previous };
  if ('reason' in recipe) return to > from ? [unlabelled(shared, recipe.reason, work, rules)] : [];

  const labelHeads = recipe.columns.flatMap((column) => heads.get(column) ?? []);
  const firstLabel = Math.min(...labelHeads.map(({ first }) => first));
  const newestLabel = Math.max(...labelHeads.map(({ last }) => last));
  const matureTo = Math.min(to, mature(work, newestLabel));
  const cursor = Math.max(firstLabel, previous?.last_time ?? 0);
  const reopened = await reopenedBuckets(ctx, series.model, recipe, monitor.id, Math.min(cursor, matureTo));
  if (matureTo <= cursor && reopened.length === 0 && to <= from) return [];

  const earliest = Math.min(cursor, from, ...reopened);
  const start = Math.max(work.first, earliest - HISTORY_MS);
  const end = Math.max(to, matureTo);
  const histories = await readHistories(ctx, {
    model: model.id,
    columns: ['_all', ...recipe.columns],
    from: start,
    to: end,
    bucketMs,
  });
  const span = { start, bucketMs, buckets: (end - start) / bucketMs };
  const traffic = trafficTrack(span, histories.get('_all') ?? new Map());
  const baseline = await baselineOf(ctx, work, recipe, options.reference, firstLabel, matureTo);
  const subject = qualitySubject(
    { ...span, traffic },
    { recipe, histories, baseline: baseline?.sums ?? null, matureTo: (matureTo - start) / bucketMs },
  );
  const time = (index: number) => start + index * bucketMs;
  const bucket = (at: number) => Math.round((at - start) / bucketMs);
  const at = (index: number) =>
    outside(baseline?.period ?? null, time(index), measure(kind, subject, index, settings));

  const memory = previous && previous.last_time > 0 ? memoryOf(previous) : null;
  const judged = judgeSeries(
    at,
    bucket(cursor),
    Math.max(bucket(cursor), bucket(matureTo)),
    time,
    rules,
    memory,
  );
  const shown = new Set(judged.points.map(({ index }) => index));
  const others = [...reopened.map(bucket), ...range(bucket(Math.max(from, matureTo)), bucket(to))].filter(
    (index) => index >= 0 && !shown.has(index),
  );
  await work.batch.add(series, [
    ...judged.points.map(({ index, measured }) => ({ time: time(index), measured })),
    ...others.map((index) => ({ time: time(index), measured: at(index) })),
  ]);
  if (judged.points.length > 0) return [{ ...shared, judged, lastTime: matureTo }];
  return previous === null && to > from ? [unlabelled(shared, 'labels_not_mature', work, rules)] : [];
}

/** No labels yet: the state says so, and the buckets stay to be judged when labels come. */
function unlabelled(
  shared: Pick<Outcome, 'series' | 'severity' | 'previous'>,
  reason: string,
  work: Work,
  rules: Parameters<typeof judgeSeries>[4],
): Outcome {
  const { previous } = shared;
  const verdict = reason === 'labels_not_mature' ? ('late' as const) : ('no_data' as const);
  const nothing = {
    value: null,
    low: null,
    high: null,
    n: 0,
    window: 1,
    threshold: null,
    baseline: null,
    status: reason,
    verdict,
    reason,
  };
  const memory = previous && memoryOf(previous);
  const judged = judgeSeries(
    () => nothing,
    0,
    1,
    () => work.to - work.model.bucket_ms,
    rules,
    memory,
  );
  return { ...shared, judged: { ...judged, points: [] }, lastTime: previous?.last_time ?? 0 };
}

/**
 * Up to which event time labels are as good as all there: the label delay has passed and labels of later predictions
 * have come, or twice the delay has passed without any.
 */
export function mature(
  { model, newestEvent }: Pick<Work, 'model' | 'newestEvent'>,
  newestLabel: number,
): number {
  const { bucket_ms: bucketMs, label_delay_ms: delay } = model;
  const floor = (time: number) => Math.floor(time / bucketMs) * bucketMs;
  const byDelay = floor(newestEvent - delay - grace(bucketMs));
  const overdue = delay > 0 ? floor(newestEvent - 2 * delay - grace(bucketMs)) : 0;
  return Math.max(Math.min(byDelay, newestLabel), overdue);
}

/** Judged buckets whose labels changed since their value was stored. */
async function reopenedBuckets(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  recipe: QualityRecipe,
  monitor: string,
  before: number,
): Promise<number[]> {
  const rows = await ctx.lake.query<{ bucket: number }>(
    `SELECT toUnixTimestamp64Milli(p.time) AS bucket
FROM (
  SELECT time, max(revision) AS revised FROM tiltmeter.profiles
  WHERE model = {model:String} AND source = '' AND column IN {columns:Array(String)}
    AND time < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
  GROUP BY time
) AS p
INNER JOIN (
  SELECT time, max(known_at) AS known FROM tiltmeter.signals
  WHERE model = {model:String} AND monitor = {monitor:String}
    AND time < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
  GROUP BY time
) AS s ON p.time = s.time
WHERE p.revised > s.known
ORDER BY bucket`,
    { model, monitor, columns: [...recipe.columns], before },
  );
  return rows.map(({ bucket }) => bucket);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
