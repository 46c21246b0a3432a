import { impactOf } from '../../../models/impact.ts';
import { ageOf } from '../../../profiles/labels/maturity.ts';
import { seriesKey } from '../../../signals/series.ts';
import type { AlertRow } from '../../../store/ledger/schema.ts';
import type { LabelledModel, QualityKind } from '../../kind.ts';
import type { QualityRecipe } from '../../subject.ts';
import { horizonOf } from '../plan/horizon.ts';
import type { Stretch } from '../plan/stretches.ts';
import { grace } from '../plan/watermark.ts';
import type { Case } from './model-state.ts';
import type { Watcher } from './watcher.ts';

/** A monitor that is judged as labels come in, with the profile that one of its series is of; empty where it has one series. */
export interface QualityWatcher extends Watcher<QualityKind> {
  readonly column: string;
}

/** A monitor that is judged as labels come in, and how far it is. Times are event times. */
export interface QualityCase {
  readonly watcher: QualityWatcher;
  readonly recipe: QualityRecipe;
  /** First bucket that there is something to judge of: for most, the first that has a label. */
  readonly firstLabel: number;
  /** Buckets before it are judged. */
  readonly cursor: number;
  /** Buckets before it have their labels, or are complete where none are awaited. */
  readonly matureTo: number;
  /** The labelled buckets that a baseline can be counted from. */
  readonly labelled: Stretch;
}

export const isQuality = (watcher: Watcher): watcher is Watcher<QualityKind> =>
  watcher.kind.reads === 'quality';

/** Those of some monitors that are judged as labels come in, once for each of their series. */
export function qualityWatchers(
  known: Case,
  watchers: readonly Watcher[] = known.watchers,
): QualityWatcher[] {
  const model = labelledModel(known);
  return watchers
    .filter(isQuality)
    .flatMap((watcher) =>
      (watcher.kind.columns?.(model, watcher.options) ?? ['']).map((column) => ({ ...watcher, column })),
    );
}

/** Name of the baseline of a series. */
export const baselineName = ({ monitor, column, segment }: QualityWatcher) =>
  [monitor.id, column, segment].join(' ').trimEnd();

/** The alert of a quality monitor; null before it was judged for the first time. */
export function qualityAlert(
  { alerts }: Pick<Case, 'alerts'>,
  { monitor, column, segment }: QualityWatcher,
): AlertRow | null {
  return alerts.get(seriesKey({ monitor: monitor.id, column, segment, version: '' })) ?? null;
}

/** What the metric of a model is chosen by. */
export function labelledModel({
  model,
  head,
  columns,
  grids,
  positive,
  before,
  groups,
}: Case): LabelledModel {
  const label = positive?.label ?? null;
  const known = new Set(columns.keys());
  return {
    ...{ task: model.task, positive: label, known, grids, waiting: head.waiting, before },
    ...{
      k: model.ranking_k,
      classes: head.classes,
      impact: impactOf(model),
      groups,
      named: model.positive_label,
    },
  };
}

/** A quality monitor of a model whose buckets are judged up to `judgedTo`, or why there is nothing to judge it by. */
export function qualityCase(
  known: Case,
  watcher: QualityWatcher,
  judgedTo: number,
): QualityCase | { readonly reason: string } {
  const { columns } = known;
  const recipe = watcher.kind.recipe(
    labelledModel(known),
    watcher.options.metric,
    watcher.column,
    watcher.options,
  );
  if ('reason' in recipe) return recipe;
  const extent = (names: readonly string[]): Stretch => {
    const heads = names.flatMap((column) => columns.get(column) ?? []);
    const from = heads.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY);
    const newest = heads.reduce((most, { last }) => Math.max(most, last), 0);
    return { from, to: Math.min(judgedTo, mature(known, newest)) };
  };
  const labelled = extent(recipe.learned?.from ?? recipe.comesWith ?? recipe.columns);
  const judged = recipe.learned?.ahead ? { from: extent(recipe.labelledIn).from, to: judgedTo } : labelled;
  return {
    watcher,
    recipe,
    firstLabel: judged.from,
    cursor: Math.max(judged.from, qualityAlert(known, watcher)?.last_time ?? 0),
    matureTo: judged.to,
    labelled,
  };
}

/** Names of the profiles that the quality of a model is judged by, and of that which counts all predictions. */
export function qualityColumns(known: Case, watchers: readonly Watcher[]): ReadonlySet<string> {
  const read = qualityWatchers(known, watchers).flatMap((watcher) => {
    const quality = qualityCase(known, watcher, 0);
    if ('reason' in quality) return [];
    const { columns, labelledIn, learned } = quality.recipe;
    return [...columns, ...labelledIn, ...(learned?.from ?? [])];
  });
  return new Set(['_all', ...read]);
}

/** The share of labels that a bucket is judged from on while the rest can still change what is decided, and where it cannot. */
const [HALF, MOST] = [0.5, 0.9];

/**
 * How long labels are awaited: as long as people said, else as long as half of them have taken; where more than a tenth comes when
 * nothing is decided anew any more, as long as nine of ten have. Pure.
 */
export function awaited({ model, maturity }: Pick<Case, 'model' | 'maturity'>): number {
  if (model.label_delay_ms > 0 || maturity === null) return model.label_delay_ms;
  const most = ageOf(maturity, MOST);
  if (most > horizonOf(model).horizonMs) return most;
  return maturity.come(model.bucket_ms) >= HALF * maturity.total ? 0 : ageOf(maturity, HALF);
}

/**
 * Up to which event time labels are as good as all there: the label delay has passed and labels of later predictions
 * have come, or twice the delay has passed without any.
 */
export function mature(
  { model, head, maturity }: Pick<Case, 'model' | 'head' | 'maturity'>,
  newestLabel: number,
): number {
  const { bucket_ms: bucketMs } = model;
  const delay = awaited({ model, maturity });
  const newestEvent = head.newest_event ?? 0;
  const floor = (time: number) => Math.floor(time / bucketMs) * bucketMs;
  const byDelay = floor(newestEvent - delay - grace(bucketMs));
  const overdue = delay > 0 ? floor(newestEvent - 2 * delay - grace(bucketMs)) : 0;
  return Math.max(Math.min(byDelay, newestLabel), overdue);
}
