import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import type { CellEstimate, Checked } from '../../../stats/estimation/cell-estimate.ts';
import type { ClassCells } from '../../../stats/estimation/cell-metrics.ts';
import {
  type ClassMetric,
  estimateClasses,
  metricOfClasses,
} from '../../../stats/estimation/class-estimate.ts';
import type { Outcome } from '../../../stats/outcome.ts';
import { PROBABILITIES } from '../../models/columns/probabilities.ts';
import { CLASS_PROBABILITY, OWN_PROBABILITY, OWN_SAID, SCORED_LABELS } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { Learned, PastWindow, Quality, QualityRecipe } from '../subject.ts';
import { type ClassVector, classVector } from './class-vector.ts';
import { WINNERS } from './from-class-probabilities.ts';
import { weighedQuality } from './weighed.ts';

type Reason = { readonly reason: string };
type Known = ReturnType<ClassVector['learn']>;

/** Labelled rows of a window by which an estimate is measured. */
const CHECKED_ROWS = 200;

/** A metric of several classes as their probabilities promise it, as far as such promises have been worth it, and wider by what they have been wrong before. */
export function classEstimate(metric: ClassMetric, model: LabelledModel): QualityRecipe | Reason {
  return recipeOf(metric, metric, model, true, (vector, baseline) => {
    const learned = vector.learn(baseline);
    const check = checking(metric, vector, learned);
    const own = realised(metric, vector, baseline, learned);
    return {
      own,
      over: (sums, past) =>
        weighedQuality(estimateClasses(metric, vector.counts(sums, learned)), own, check(past), vector.rows(sums)), // biome-ignore format: one call
    };
  });
}

/** By how much the probabilities of labelled rows promise more than their labels keep, in points of the metric. */
export function classEstimateError(metric: ClassMetric, model: LabelledModel): QualityRecipe | Reason {
  return recipeOf(`${metric}_error`, metric, model, false, (vector, baseline) => {
    const learned = vector.learn(baseline);
    return {
      own: { value: 0, low: 0, high: 0, n: vector.labels(baseline) },
      over(sums) {
        const n = vector.labels(sums);
        const found = checked(metric, vector, learned, sums);
        if ('reason' in found) return { ...found, n };
        const value = found.estimate.value - found.truth;
        const reach = Z_TWO_SIDED_95 * Math.sqrt(found.estimate.variance);
        return { value, low: value - reach, high: value + reach, n };
      },
    };
  });
}

function recipeOf(
  id: string,
  metric: ClassMetric,
  { known, classes: all = [] }: LabelledModel,
  ahead: boolean,
  learn: (vector: ClassVector, baseline: readonly number[]) => Learned,
): QualityRecipe | Reason {
  if (!known.has(PROBABILITIES)) return { reason: 'no_scores_to_estimate_from' };
  if (!WINNERS.some((name) => known.has(name))) return { reason: 'nothing_learned' };
  if (all.length > SCORED_LABELS) return { reason: 'more_than_ten_classes' };
  const classes = all.filter((name) => known.has(OWN_PROBABILITY + name)).sort();
  if (classes.length < 2) return { reason: 'single_class' };
  const counts = (part: string) => classes.some((name) => known.has(part + name));
  if (!counts(CLASS_PROBABILITY) || (metric !== 'roc_auc' && !counts(OWN_SAID)))
    return { reason: 'not_counted_yet' };
  const vector = classVector(metric, classes);
  return {
    metric: id,
    of: classes.join('\u001f'),
    better: ahead ? 'higher' : 'lower',
    columns: [...(ahead ? vector.unlabelled : []), ...vector.labelled].sort(),
    labelledIn: ahead ? [PROBABILITIES] : WINNERS,
    width: vector.width,
    // Rows come first among the sums, labelled ones second.
    counted: ahead ? 1 : 2,
    add: vector.add,
    quality: (sums) => ({ reason: 'nothing_learned', n: ahead ? vector.rows(sums) : vector.labels(sums) }),
    learned: {
      from: WINNERS,
      ahead,
      rows: vector.labels,
      of(baseline) {
        const made = learn(vector, baseline);
        return 'reason' in made.own ? { own: made.own, over: () => made.own } : made;
      },
    },
  };
}

/** What the labelled rows of a baseline were themselves; the reason where nothing is learned of them. */
function realised(
  metric: ClassMetric,
  vector: ClassVector,
  sums: readonly number[],
  learned: Known,
): Quality {
  const n = vector.labels(sums);
  const cells = vector.truth(sums);
  if (learned.every((one) => one === undefined)) return { reason: 'nothing_learned', n };
  // Labelled before answers were counted beside probabilities: it would look as if nothing had been answered.
  const answered = ({ positive, threshold }: ClassCells) =>
    threshold === 0 || Array.from(positive).some((count, cell) => cell >= threshold && count > 0);
  if (!cells.some(answered)) return { reason: 'not_counted_yet', n };
  const own = estimateClasses(metric, vector.labelledCounts(sums, learned));
  const truth = metricOfClasses(metric, cells);
  if ('reason' in truth) return { ...truth, n };
  if ('reason' in own) return { ...own, n };
  const reach = Z_TWO_SIDED_95 * Math.sqrt(own.variance);
  return {
    value: truth.value,
    low: Math.max(0, truth.value - reach),
    high: Math.min(1, truth.value + reach),
    n,
  };
}

function checked(
  metric: ClassMetric,
  vector: ClassVector,
  learned: Known,
  sums: readonly number[],
): Checked | Reason {
  const estimate: Outcome<CellEstimate> = estimateClasses(metric, vector.labelledCounts(sums, learned));
  const truth = metricOfClasses(metric, vector.truth(sums));
  if ('reason' in estimate) return estimate;
  return 'reason' in truth ? truth : { estimate, truth: truth.value };
}

/** Estimates of earlier windows against their labels, each made once although it lies behind several. */
function checking(metric: ClassMetric, vector: ClassVector, learned: Known) {
  const made = new Map<number, Checked | null>();
  const of = ({ from, sums }: PastWindow): Checked | null => {
    const kept = made.get(from);
    if (kept !== undefined) return kept;
    const all = sums();
    const found = vector.labels(all) < CHECKED_ROWS ? null : checked(metric, vector, learned, all);
    const one = found === null || 'reason' in found ? null : found;
    made.set(from, one);
    return one;
  };
  return (past: readonly PastWindow[]) => past.flatMap((window) => of(window) ?? []);
}
