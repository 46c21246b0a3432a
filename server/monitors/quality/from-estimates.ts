import { gridIndex } from '../../../stats/asinh-grid.ts';
import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { estimateCells } from '../../../stats/estimation/cell-estimate.ts';
import { CELL_METRICS, type CellMetric, cellMetric } from '../../../stats/estimation/cell-metrics.ts';
import { CLASS_METRICS, type ClassMetric } from '../../../stats/estimation/class-estimate.ts';
import { binaryCounts, confusionCells } from '../../../stats/performance/confusion.ts';
import { gridOfProfile } from '../../models/columns/grids.ts';
import { PROBABILITIES } from '../../models/columns/probabilities.ts';
import { CONFUSION_SEPARATOR, type Profile } from '../../profiles/profile.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { LabelledModel } from '../kind.ts';
import type { Learned, Quality, QualityRecipe } from '../subject.ts';
import { classesOf } from './choose.ts';
import { classEstimate, classEstimateError } from './from-class-estimates.ts';
import { WINNERS } from './from-class-probabilities.ts';
import { SCORE } from './from-scores.ts';
import { counted } from './metric.ts';
import {
  addCells,
  CELLS,
  cellOf,
  FLAGGED,
  type Known,
  labelledCells,
  learnedFrom,
  NEGATIVE,
  POSITIVE,
  realisedCells,
  rows,
  rowsIn,
  thresholdOf,
  windowChecks,
} from './score-vector.ts';
import { weighedQuality } from './weighed.ts';

type Profiles = ReadonlyMap<string, Profile>;

const CONFUSION = '_confusion';
const CLASS_NAMES = Object.keys(CLASS_METRICS) as ClassMetric[];
/** Where a probability is answered with the positive class, where answers do not say. */
const HALF = 0.5;

/** What the scores of a model are learned from and applied to. */
interface ScoreSource {
  readonly score: string;
  readonly positive: string;
  /** Columns of the labelled scores. */
  readonly sides: readonly [negative: string, positive: string];
  /** The cell from which on rows are answered positive, as labelled rows tell it; null where it cannot be told. */
  threshold(metric: CellMetric, baseline: ArrayLike<number>): number | null;
  /** Whether scores alone say what is answered. */
  readonly answers: boolean;
}

/** Of several classes: how often the winning probability is right. Every row is answered with its winner. */
function winnersOf({ known }: LabelledModel, metric: CellMetric): ScoreSource | { readonly reason: string } {
  if (metric !== 'accuracy') return { reason: 'estimate_of_two_classes' };
  if (!known.has(PROBABILITIES)) return { reason: 'no_scores_to_estimate_from' };
  const [right, wrong] = WINNERS;
  if (!WINNERS.some((name) => known.has(name))) return { reason: 'nothing_learned' };
  const sides = [wrong, right] as const;
  return { score: PROBABILITIES, positive: '', sides, threshold: () => 0, answers: true };
}

/** What the scores are and what they can be learned from, or why there is no estimate. */
function sourceOf(model: LabelledModel, metric: CellMetric): ScoreSource | { readonly reason: string } {
  if (model.task === 'regression') return { reason: 'estimate_needs_rows' };
  if (model.task === 'multiclass') return winnersOf(model, metric);
  if (model.task === 'ranking') return { reason: 'no_estimate_of_rankings' };
  if (model.task !== 'binary') return { reason: 'task_not_settled' };
  const score = ['_score', '_prediction'].find(
    (name) => model.known.has(name) && (name === '_score' || model.grids.has(name)),
  );
  if (score === undefined) return { reason: 'no_scores_to_estimate_from' };
  const classes = classesOf(model);
  if (classes.length !== 2)
    return { reason: classes.length > 2 ? 'more_than_two_classes' : 'nothing_learned' };
  const { positive } = model;
  if (positive === null) return { reason: 'positive_class_unknown' };
  const negative = classes.find((name) => name !== positive)!;
  const grid = gridOfProfile(model.grids, SCORE + positive);
  const half = grid === undefined ? null : cellOf(gridIndex(HALF, grid));
  return {
    score,
    positive,
    sides: [SCORE + negative, SCORE + positive],
    answers: half !== null,
    threshold: (wanted, baseline) => (wanted === 'roc_auc' ? 0 : thresholdOf(baseline, half)),
  };
}

const add = (a: number, b: number) => a + b;

type Apply = (metric: CellMetric, known: Known) => Pick<Learned, 'own' | 'over'>;

function recipeOf(
  id: string,
  metric: CellMetric,
  model: LabelledModel,
  {
    ahead,
    better,
    apply,
  }: { readonly ahead: boolean; readonly better: 'higher' | 'lower'; readonly apply: Apply },
): QualityRecipe | { readonly reason: string } {
  const source = sourceOf(model, metric);
  if ('reason' in source) return source;
  const { score, positive, sides, answers } = source;
  if (metric !== 'roc_auc' && !answers && !model.known.has(CONFUSION))
    return { reason: 'no_scores_to_estimate_from' };
  const from: string[] = [...sides];
  return {
    metric: id,
    of: positive,
    better,
    columns: [...(ahead ? [score] : []), ...from, CONFUSION].sort(),
    labelledIn: ahead ? [score] : from,
    width: FLAGGED + 4,
    counted: ahead ? CELLS : FLAGGED,
    add(profiles, into) {
      if (ahead) addCells(profiles.get(score), into, 0);
      addCells(profiles.get(sides[0]), into, NEGATIVE);
      addCells(profiles.get(sides[1]), into, POSITIVE);
      addAnswers(profiles, positive, into);
    },
    quality: (sums) => ({
      reason: 'nothing_learned',
      n: sums.slice(0, ahead ? CELLS : FLAGGED).reduce(add, 0),
    }),
    learned: {
      from,
      ahead,
      rows,
      of(baseline) {
        const known = learnedFrom(baseline, source.threshold(metric, baseline));
        if (!('reason' in known)) return apply(metric, known);
        const none = (n: number): Quality => ({ reason: known.reason, n });
        return {
          own: none(rows(baseline)),
          over: (sums) => none(sums.slice(0, CELLS).reduce(add, 0)),
        };
      },
    },
  };
}

/** Labelled rows by whether they were answered positive, and whether rightly. */
function addAnswers(profiles: Profiles, positive: string, into: Float64Array): void {
  const counts = profiles.get(CONFUSION)?.counts;
  if (counts === undefined) return;
  const { tp, fp, fn, tn } = binaryCounts(confusionCells(counts, CONFUSION_SEPARATOR), positive);
  for (const [k, n] of [tp + fp, fn + tn, tp + tn, fp + fn].entries()) into[FLAGGED + k]! += n;
}

/** What is estimated without labels, of two classes or of several. */
export type Estimated = CellMetric | ClassMetric;
export const ESTIMATED: readonly Estimated[] = [...new Set<Estimated>([...CELL_METRICS, ...CLASS_NAMES])];

/** Those that the probabilities of each class are asked for. */
const ofClasses = (metric: Estimated, { task }: LabelledModel): metric is ClassMetric =>
  task === 'multiclass' && metric in CLASS_METRICS;
const ofTwo = (metric: Estimated): metric is CellMetric => CELL_METRICS.some((one) => one === metric);
const OF_SEVERAL = { reason: 'estimate_of_several_classes' };

/** A metric as the scores of a run of buckets promise it, as far as such promises have been worth it, and wider by what they have been wrong before. */
export function estimateRecipe(metric: Estimated, model: LabelledModel) {
  if (ofClasses(metric, model)) return classEstimate(metric, model);
  return ofTwo(metric) ? cellEstimate(metric, model) : OF_SEVERAL;
}

/** By how much the scores of labelled rows promise more than their labels keep, in points of the metric. */
export function errorRecipe(metric: Estimated, model: LabelledModel) {
  if (ofClasses(metric, model)) return classEstimateError(metric, model);
  return ofTwo(metric) ? cellError(metric, model) : OF_SEVERAL;
}

function cellEstimate(metric: CellMetric, model: LabelledModel) {
  return recipeOf(metric, metric, model, {
    ahead: true,
    better: 'higher',
    apply(_, { cells, learned }) {
      const checks = windowChecks(metric, learned);
      const own = realisedCells(metric, cells);
      return {
        own: counted(own, rowsIn(cells).reduce(add, 0)),
        over(sums, past) {
          const counts = sums.slice(0, CELLS);
          return weighedQuality(
            estimateCells(metric, learned, counts),
            own,
            checks(past),
            counts.reduce(add, 0),
          );
        },
      };
    },
  });
}

function cellError(metric: CellMetric, model: LabelledModel) {
  return recipeOf(`${metric}_error`, metric, model, {
    ahead: false,
    better: 'lower',
    apply: (_, { cells, learned }) => ({
      own: { value: 0, low: 0, high: 0, n: rowsIn(cells).reduce(add, 0) },
      over(sums) {
        const now = labelledCells(sums, learned.threshold);
        const n = rows(sums);
        const estimate = estimateCells(metric, learned, rowsIn(now));
        const truth = cellMetric(metric, now);
        if (!('value' in estimate)) return { ...estimate, n };
        if (!('value' in truth)) return { ...truth, n };
        const value = estimate.value - truth.value;
        const reach = Z_TWO_SIDED_95 * Math.sqrt(estimate.variance);
        return { value, low: value - reach, high: value + reach, n };
      },
    }),
  });
}

/** What is estimated of several classes. */
const OF_CLASSES: readonly Estimated[] = ['accuracy', ...CLASS_NAMES];

/** The metric that is estimated where none is named. */
export const firstEstimate = ({ task }: Pick<LabelledModel, 'task'>): CellMetric =>
  task === 'multiclass' ? 'accuracy' : 'roc_auc';

/** Why a metric is never estimated of a model, in a sentence; null where it is, or where its task is not known. */
export function notEstimated(
  { id, task }: Pick<ModelRow, 'id' | 'task'>,
  metric: string | undefined,
): string | null {
  const told = task === 'multiclass' ? OF_CLASSES : CELL_METRICS;
  if (
    (task === 'multiclass' || task === 'binary') &&
    metric !== undefined &&
    !told.some((one) => one === metric)
  )
    return `${id} is a ${task} model: without labels ${told.join(', ')} are estimated of it`;
  return task === 'regression' || task === 'ranking'
    ? `${id} is a ${task} model: without labels the quality of classes is estimated, from their probabilities`
    : null;
}
