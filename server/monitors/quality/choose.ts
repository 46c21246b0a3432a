import { RANKING_K } from '../../../contract/model.ts';
import { gridOfProfile } from '../../models/columns/grids.ts';
import { CLASS_LOG_LOSS, gainProfile, RANKED } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { QualityRecipe } from '../subject.ts';
import { SCORE } from './from-scores.ts';
import { qualityMetric } from './index.ts';
import type { Evidence, Source } from './metric.ts';

type Reason = { readonly reason: string };

/**
 * What the metric of a model is made of, or why there is none yet. `wanted`: the metric, if people chose one; else the one
 * that says most of its task. A task that is not settled is not judged: what it turns out to be would be judged by another
 * metric.
 */
export function qualityRecipe(model: LabelledModel, wanted: string | undefined): QualityRecipe | Reason {
  if (model.task === 'unknown') return { reason: hasLabels(model) ? 'task_not_settled' : 'no_labels' };
  const metric = qualityMetric(wanted ?? headline(model))!;
  const made = (model.task === 'multiclass' && metric.several) || metric;
  const source = SOURCES[made.from](model);
  return 'reason' in source ? source : made.recipe(source);
}

/** The metric that stands for the quality of a model of its task. */
function headline({ task, known }: LabelledModel): string {
  if (task === 'regression') return 'mae';
  if (task === 'ranking') return 'ndcg';
  const classes = scoredClasses(known).length;
  return task === 'binary' && classes > 0 && classes <= 2 ? 'roc_auc' : 'accuracy';
}

const NO_SCORES = { positive: null, negative: null, grid: null, labels: null };
const ofModel = ({ known, classes = [], k = RANKING_K }: LabelledModel) => ({ known, classes, k });

/** What each sort of evidence needs of a model. */
const SOURCES: Readonly<Record<Evidence, (model: LabelledModel) => Source | Reason>> = {
  answers: (model) =>
    model.known.has('_confusion')
      ? { ...ofModel(model), ...NO_SCORES, positive: model.positive }
      : { reason: whyNone(model) },
  residuals: (model) =>
    model.known.has('_absolute_residual')
      ? {
          ...ofModel(model),
          ...NO_SCORES,
          grid: gridOfProfile(model.grids, '_absolute_residual') ?? null,
          labels: model.grids.get('_label') ?? null,
        }
      : { reason: whyNone(model) },
  rankings(model) {
    const source = { ...ofModel(model), ...NO_SCORES };
    if (model.known.has(gainProfile(RANKED, 'ndcg', source.k))) return source;
    if ([...model.known].some((name) => name.startsWith(RANKED))) return { reason: 'counted_anew' };
    return { reason: hasLabels(model) ? 'no_ranked_lists' : whyNone(model) };
  },
  probabilities: (model) =>
    model.known.has(CLASS_LOG_LOSS)
      ? { ...ofModel(model), ...NO_SCORES }
      : { reason: hasLabels(model) ? 'no_probabilities' : whyNone(model) },
  scores(model) {
    const classes = scoredClasses(model.known);
    if (classes.length === 0) return { reason: hasLabels(model) ? 'no_scores' : whyNone(model) };
    if (classes.length === 1) return { reason: 'single_class' };
    if (classes.length > 2) return { reason: 'more_than_two_classes' };
    const { positive } = model;
    if (positive === null) return { reason: 'positive_class_unknown' };
    const negative = classes.find((name) => name !== positive)!;
    return {
      ...ofModel(model),
      ...{ positive, negative, grid: gridOfProfile(model.grids, SCORE + positive) ?? null, labels: null },
    };
  },
};

/** Labels with scores of their own, in the order of the alphabet. `scoredClasses(new Set(['_score|no']))` → ['no'] */
export function scoredClasses(known: Iterable<string>): string[] {
  return [...known]
    .filter((name) => name.startsWith(SCORE))
    .map((name) => name.slice(SCORE.length))
    .sort();
}

/** The labelled classes that scores are known of: its own, or those of its reference while its own are not two. */
export function classesOf({
  known,
  before = new Set(),
}: {
  readonly known: Iterable<string>;
  readonly before?: Iterable<string> | undefined;
}): string[] {
  const own = scoredClasses(known);
  return own.length < 2 && scoredClasses(before).length === 2 ? scoredClasses(before) : own;
}

const hasLabels = ({ known, waiting }: LabelledModel) => known.has('_label') || waiting > 0;

/** Why labels and answers cannot be compared. */
function whyNone({ known, waiting }: LabelledModel): string {
  if (known.has('_label')) return 'no_answers_to_compare';
  return waiting > 0 ? 'labels_match_no_prediction' : 'no_labels';
}
