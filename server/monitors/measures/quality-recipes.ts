import { total } from '../../../stats/grid-summary.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { mae } from '../../../stats/performance/regression.ts';
import { rocAuc } from '../../../stats/performance/roc-auc.ts';
import { CONFUSION_SEPARATOR } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { Quality, QualityRecipe } from '../subject.ts';

const SCORE = '_score|';
/** Score cells are joined by four: 16 to a standard deviation, a ten-thousandth of AUC at most. */
const COARSE = 4;
/** Scores run over this many coarse cells to either side of the grid's centre; the rest shares the last. */
const REACH = 128;

/**
 * What the headline metric of a model is made of, or why there is none yet. `wanted`: the metric, if people chose one. A
 * task that is not settled is not judged: what it turns out to be would be judged by another metric.
 */
export function qualityRecipe(
  model: LabelledModel,
  wanted: string | undefined,
): QualityRecipe | { readonly reason: string } {
  const { task, known, positive } = model;
  if (task === 'unknown') return { reason: hasLabels(model) ? 'task_not_settled' : 'no_labels' };
  const lacking = { reason: whyNone(model) };
  const classes = scoredClasses(known);
  if (wanted === 'mae' || (wanted === undefined && task === 'regression'))
    return known.has('_absolute_residual') ? MAE : lacking;
  const scored = wanted === 'roc_auc' || (wanted === undefined && task === 'binary' && classes.length > 0);
  if (!scored || (wanted === undefined && classes.length > 2))
    return known.has('_confusion') ? ACCURACY : lacking;
  if (classes.length === 0) return { reason: hasLabels(model) ? 'no_scores' : lacking.reason };
  if (classes.length === 1) return { reason: 'single_class' };
  if (classes.length > 2) return { reason: 'more_than_two_classes' };
  return positive === null ? { reason: 'positive_class_unknown' } : aucRecipe(classes, positive);
}

/** Labels with scores of their own, in the order of the alphabet. `scoredClasses(new Set(['_score|no']))` → ['no'] */
export function scoredClasses(known: Iterable<string>): string[] {
  return [...known]
    .filter((name) => name.startsWith(SCORE))
    .map((name) => name.slice(SCORE.length))
    .sort();
}

const hasLabels = ({ known, waiting }: LabelledModel) => known.has('_label') || waiting > 0;

/** Why labels and answers cannot be compared. */
function whyNone({ known, waiting }: LabelledModel): string {
  if (known.has('_label')) return 'no_answers_to_compare';
  return waiting > 0 ? 'labels_match_no_prediction' : 'no_labels';
}

const ACCURACY: QualityRecipe = {
  metric: 'accuracy',
  of: '',
  better: 'higher',
  columns: ['_confusion'],
  width: 2,
  counted: 2,
  add(profiles, into) {
    const confusion = profiles.get('_confusion');
    if (!confusion) return;
    let diagonal = 0;
    for (const [pair, count] of confusion.counts) {
      const [actual, predicted] = pair.split(CONFUSION_SEPARATOR);
      if (actual === predicted) diagonal += count;
    }
    // `sum` counts right answers of every class, those without a cell of their own too; a reference file has the cells alone.
    const right = Math.max(diagonal, confusion.sum);
    into[0]! += right;
    into[1]! += confusion.n - confusion.missing - confusion.invalid - right;
  },
  quality: ([right = 0, wrong = 0]) => counted(proportion(right, right + wrong), right + wrong),
};

const MAE: QualityRecipe = {
  metric: 'mae',
  of: '',
  better: 'lower',
  columns: ['_absolute_residual'],
  width: 3,
  counted: 1,
  add(profiles, into) {
    const residual = profiles.get('_absolute_residual');
    if (!residual) return;
    into[0]! += residual.n - residual.missing - residual.invalid;
    into[1]! += residual.sum;
    into[2]! += residual.sum2;
  },
  quality: ([n = 0, sum = 0, sum2 = 0]) => counted(mae({ n, sum, sum2 }), n),
};

/** Area under the ROC curve, from the scores of either of two classes. */
export function aucRecipe(classes: readonly string[], positive: string): QualityRecipe {
  const cells = 2 * REACH;
  const columns = classes.map((name) => SCORE + name);
  const positiveColumn = SCORE + positive;
  const negativeColumn = columns.find((name) => name !== positiveColumn)!;
  return {
    metric: 'roc_auc',
    of: positive,
    better: 'higher',
    columns,
    width: 2 * cells,
    counted: 2 * cells,
    add(profiles, into) {
      for (const [column, offset] of [
        [negativeColumn, 0],
        [positiveColumn, cells],
      ] as const)
        for (const [index, count] of profiles.get(column)?.grid ?? [])
          into[offset + Math.max(0, Math.min(cells - 1, Math.floor(index / COARSE) + REACH))]! += count;
    },
    quality: (sums) => {
      const negative = occupied(sums, 0, cells);
      const positive = occupied(sums, cells, 2 * cells);
      return counted(rocAuc({ positive, negative }), total(positive) + total(negative));
    },
  };
}

/** The elements from … to − 1 that are not 0, as a map of cells. */
function occupied(sums: readonly number[], from: number, to: number): Map<number, number> {
  const cells = new Map<number, number>();
  for (let j = from; j < to; j++) if (sums[j]! > 0) cells.set(j - from, sums[j]!);
  return cells;
}

const counted = (outcome: Outcome<Estimate>, n: number): Quality => ({ ...outcome, n });
