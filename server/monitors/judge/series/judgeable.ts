import type { Layer } from '../../../../contract/layer.ts';
import { basisOf } from '../../../alerts/basis.ts';
import type { Rules } from '../../../alerts/decide.ts';
import { type Judged, judgeSeries, type SeriesMemory } from '../../../alerts/series.ts';
import type { ResolvedReference } from '../../../profiles/references/resolve.ts';
import type { Measurement } from '../../../signals/measurement.ts';
import type { Series } from '../../../signals/series.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';
import type { Kind, Settings } from '../../kind.ts';
import type { Subject } from '../../subject.ts';
import type { Stretch } from '../plan/stretches.ts';
import { settingsOf } from '../state/settings.ts';
import type { Watcher } from '../state/watcher.ts';

/** One series with what it looks at and what it is judged by. */
export interface Judgeable {
  readonly watcher: Watcher;
  readonly series: Series;
  readonly settings: Settings;
  readonly rules: Rules;
  readonly basis: string;
  readonly subject: Subject;
  /** What is not judged since the rest is compared with it. */
  readonly period: Period | null;
  /** First bucket with anything to look at. */
  readonly first: number;
}

/** Buckets that are judged in one go, and what is done with each series of them. */
export interface Pass extends Stretch {
  /** The columns that are judged; all when absent. */
  readonly columns?: ReadonlySet<string>;
  take(judgeable: Judgeable): Promise<void>;
}

/** A stretch of event time that is not judged, since it is itself what the rest is compared with. */
export interface Period extends Stretch {
  readonly reason: 'reference_period' | 'baseline_period';
}

/** The part of production that a reference was taken from. */
export function periodOf(reference: ResolvedReference | null): Period | null {
  if (reference === null || reference.from === null || reference.kind === 'rolling') return null;
  return { from: reference.from, to: reference.to!, reason: 'reference_period' };
}

export interface Looking {
  readonly subject: Subject;
  readonly column?: string;
  /** Id of the reference, or what stands in for it. */
  readonly comparedWith?: string;
  readonly period?: Period | null;
  readonly first: number;
  /** The metric that the model's task calls for. */
  readonly metric?: string | undefined;
  /** What that is defined as, where it is particular to the model. */
  readonly definition?: string | undefined;
  /** Where it differs from that of its kind. */
  readonly layer?: Layer;
}

export function judgeable(model: ModelRow, watcher: Watcher, looking: Looking): Judgeable {
  const { monitor, kind, options, segment, looks } = watcher;
  const {
    subject,
    column = '',
    comparedWith = '',
    period = null,
    first,
    metric,
    layer = kind.layer,
  } = looking;
  const { meta, settings: own, rules } = settingsOf(kind, options, model, metric ?? options.metric);
  const { definition = meta.definition } = looking;
  const settings = looks > 1 ? { ...own, looks } : own;
  const series: Series = {
    model: model.id,
    monitor: monitor.id,
    kind: kind.id,
    metric: meta.id,
    layer,
    column,
    segment,
    version: '',
    definition,
    unit: meta.unit,
  };
  const basis = basisOf(definition, comparedWith, { ...settings }, rules);
  return { watcher, series, settings, rules: { ...rules, comparedWith }, basis, subject, period, first };
}

/** Judges the buckets `from` … `to` of event time, going on from what is remembered. */
export function judgeOver(
  { watcher, settings, rules, subject, period }: Judgeable,
  { from, to }: Stretch,
  memory: SeriesMemory | null,
  everyMs: number,
): Judged {
  const { start, bucketMs } = subject;
  const time = (index: number) => start + index * bucketMs;
  const bucket = (at: number) => Math.round((at - start) / bucketMs);
  return judgeSeries(
    (index) => outside(period, time(index), measure(watcher.kind, subject, index, settings)),
    bucket(from),
    bucket(to),
    time,
    rules,
    memory,
    everyMs,
  );
}

/** What was found, by the event time of its bucket. An hour in which nothing came is told once, by what looks at traffic. */
export function pointsOf(
  { watcher, subject }: Judgeable,
  { points }: Judged,
): { time: number; measured: Measurement }[] {
  const { start, bucketMs } = subject;
  return points
    .filter(({ measured }) => measured.status !== 'no_predictions' || watcher.kind.reads === 'traffic')
    .map(({ index, measured }) => ({ time: start + index * bucketMs, measured }));
}

/** Inside the period a value is kept but not judged. */
function outside(period: Period | null, time: number, measured: Measurement): Measurement {
  if (period === null || time < period.from || time >= period.to) return measured;
  return { ...measured, verdict: 'not_enough_data', reason: period.reason };
}

/** The kind's own judgement of its own kind of subject. */
export function measure(kind: Kind, subject: Subject, index: number, settings: Settings): Measurement {
  return (kind.compute as (subject: Subject, index: number, settings: Settings) => Measurement)(
    subject,
    index,
    settings,
  );
}
