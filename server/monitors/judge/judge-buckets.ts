import type { Outcome } from '../../alerts/record.ts';
import { judgeSeries } from '../../alerts/series.ts';
import type { Ctx } from '../../context.ts';
import { gridOfProfile, readGrids } from '../../models/columns/grids.ts';
import { type ProfiledColumn, profiledColumns } from '../../models/columns/profiled-columns.ts';
import { groupsOf } from '../../profiles/chunks.ts';
import type { Profile } from '../../profiles/profile.ts';
import { readProfiles } from '../../profiles/read.ts';
import { readBins } from '../../profiles/read-bins.ts';
import { type Series, seriesKey } from '../../signals/series.ts';
import type { MonitorRow } from '../../store/ledger/schema.ts';
import { kindOf } from '../kinds/index.ts';
import type { Subject } from '../subject.ts';
import { HISTORY_MS, neededTraffic, readHistories, readTraffic, type Traffic } from './histories.ts';
import { settingsOf } from './settings.ts';
import { columnBins, columnSubject, errorSubject, latencySubject, trafficSubject } from './subjects.ts';
import { measure, memoryOf, optionsOf, outside, type Period, periodOf, type Work } from './work.ts';

/** Buckets of columns that are read at once. */
const ROWS = 100_000;
const DAY = 86_400_000;

/** Judges the buckets of this evaluation by everything that is known when they are complete: all but quality. */
export async function judgeBuckets(
  ctx: Ctx,
  work: Work,
  monitors: readonly MonitorRow[],
): Promise<Outcome[]> {
  const { model, from, to, first } = work;
  const bucketMs = model.bucket_ms;
  const reading = (source: Subject['source']) =>
    monitors.filter(({ kind }) => kindOf(kind)?.reads === source);
  const start = Math.max(first, from - HISTORY_MS);
  const traffic = await readTraffic(ctx, { model: model.id, from: start, to, bucketMs });
  const base = neededTraffic(traffic, { from, to }, model.window_ms);
  return [
    ...(await judgeTraffic(work, reading('traffic'), traffic)),
    ...(await judgeErrors(ctx, work, reading('errors'), base)),
    ...(await judgeLatency(ctx, work, reading('latency'), base)),
    ...(await judgeColumns(ctx, work, reading('column'), base)),
  ];
}

async function judgeTraffic(work: Work, monitors: readonly MonitorRow[], traffic: Traffic) {
  const firstBucket = Math.max(0, (work.first - traffic.start) / traffic.bucketMs);
  const subject = trafficSubject(traffic, { live: work.live, firstBucket });
  const outcomes: Outcome[] = [];
  for (const monitor of monitors) outcomes.push(await judge(work, monitor, subject, '', null));
  return outcomes;
}

async function judgeErrors(ctx: Ctx, work: Work, monitors: readonly MonitorRow[], base: Traffic) {
  const outcomes: Outcome[] = [];
  if (monitors.length === 0 || !work.heads.has('_error')) return outcomes;
  const history = await historyOf(ctx, work, base, '_error');
  for (const monitor of monitors) {
    const reference = await work.reference(optionsOf(monitor).reference);
    const subject = errorSubject(base, history, reference?.profiles.get('_error'));
    outcomes.push(await judge(work, monitor, subject, '', periodOf(reference)));
  }
  return outcomes;
}

async function judgeLatency(ctx: Ctx, work: Work, monitors: readonly MonitorRow[], base: Traffic) {
  const outcomes: Outcome[] = [];
  const grid = gridOfProfile(await readGrids(ctx, work.model.id), '_latency_ms');
  if (monitors.length === 0 || !grid || !work.heads.has('_latency_ms')) return outcomes;
  const history = await historyOf(ctx, work, base, '_latency_ms');
  let own: Awaited<ReturnType<typeof firstWindow>> | undefined;
  for (const monitor of monitors) {
    const reference = await work.reference(optionsOf(monitor).reference);
    const known = reference?.profiles.get('_latency_ms');
    if (!known?.grid.size) own ??= await firstWindow(ctx, work, '_latency_ms');
    const normal = known?.grid.size ? { profile: known, period: periodOf(reference) } : own;
    const subject = latencySubject(base, grid, history, normal?.profile);
    outcomes.push(await judge(work, monitor, subject, '', normal?.period ?? null));
  }
  return outcomes;
}

async function judgeColumns(ctx: Ctx, work: Work, monitors: readonly MonitorRow[], base: Traffic) {
  const outcomes: Outcome[] = [];
  if (monitors.length === 0) return outcomes;
  const columns = (await profiledColumns(ctx, work.model.id)).filter(({ name }) => work.heads.has(name));
  const answer =
    columns.find(({ name }) => name === '_prediction') ?? columns.find(({ name }) => name === '_score');
  const watched = columns.filter((column) => !column.name.startsWith('_') || column === answer);
  /** All monitors with one reference share the counts in its bins. */
  const byReference = Map.groupBy(monitors, (monitor) => optionsOf(monitor).reference);
  for (const [id, some] of byReference) {
    const reference = await work.reference(id);
    for (const columns of groupsOf(watched, Math.max(1, Math.floor(ROWS / base.buckets)))) {
      const bins = new Map(
        columns.map(({ name, type }) => [name, columnBins(type, reference?.profiles.get(name))]),
      );
      const range = { model: work.model.id, from: base.start, to: work.to };
      const histories = await readBins(ctx, range, bins);
      for (const column of columns) {
        const { name } = column;
        const history = histories.get(name) ?? new Map<number, number[]>();
        const subject = columnSubject(base, name, bins.get(name)!, history, reference?.profiles.get(name));
        for (const monitor of some.filter((each) => concerns(each, column, column === answer))) {
          const shown = kindOf(monitor.kind)!.perColumn ? name : '';
          outcomes.push(await judge(work, monitor, subject, shown, periodOf(reference)));
        }
      }
    }
  }
  return outcomes;
}

function concerns(monitor: MonitorRow, column: ProfiledColumn, isAnswer: boolean): boolean {
  const kind = kindOf(monitor.kind)!;
  if (!kind.perColumn) return isAnswer;
  if (column.name.startsWith('_')) return false;
  if (kind.columnType !== undefined && kind.columnType !== column.type) return false;
  const { columns = 'all' } = optionsOf(monitor);
  return columns === 'all' || columns.includes(column.name);
}

async function judge(
  work: Work,
  monitor: MonitorRow,
  subject: Subject,
  column: string,
  period: Period | null,
): Promise<Outcome> {
  const kind = kindOf(monitor.kind)!;
  const { meta, settings, rules } = settingsOf(kind, optionsOf(monitor), work.model);
  const time = (index: number) => subject.start + index * subject.bucketMs;
  const bucket = (at: number) => (at - subject.start) / subject.bucketMs;
  const series: Series = {
    model: work.model.id,
    monitor: monitor.id,
    kind: kind.id,
    metric: meta.id,
    layer: kind.layer,
    column,
    segment: '',
    version: '',
    definition: meta.definition,
    unit: meta.unit,
  };
  const previous = work.alerts.get(seriesKey(series)) ?? null;
  const judged = judgeSeries(
    (index) => outside(period, time(index), measure(kind, subject, index, settings)),
    bucket(work.from),
    bucket(work.to),
    time,
    rules,
    previous && memoryOf(previous),
  );
  // An hour in which nothing came is told once, by volume and freshness.
  const points = judged.points
    .filter(({ measured }) => measured.status !== 'no_predictions' || kind.reads === 'traffic')
    .map(({ index, measured }) => ({ time: time(index), measured }));
  await work.batch.add(series, points);
  return {
    series,
    severity: monitor.severity,
    judged: { ...judged, points: [] },
    previous,
    lastTime: work.to,
  };
}

async function historyOf(ctx: Ctx, work: Work, base: Traffic, column: string) {
  const range = { model: work.model.id, columns: [column], from: base.start, to: work.to };
  const histories = await readHistories(ctx, { ...range, bucketMs: base.bucketMs });
  return histories.get(column) ?? new Map<number, Profile>();
}

/** What a column looked like in the model's first window with it: what is normal while no reference says so. */
async function firstWindow(ctx: Ctx, { model, heads, to }: Work, column: string) {
  const from = heads.get(column)!.first;
  const until = from + Math.max(model.window_ms, DAY);
  if (until > to) return null;
  const [point] = await readProfiles(ctx, { model: model.id, columns: [column], from, to: until });
  if (!point) return null;
  const period: Period = { from, to: until, reason: 'baseline_period' };
  return { profile: point.profile, period };
}
