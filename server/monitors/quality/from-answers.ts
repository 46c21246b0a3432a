import { proportion } from '../../../stats/intervals/proportion.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { balancedAccuracy, f1, mcc, precision, recall } from '../../../stats/performance/binary.ts';
import {
  type BinaryCounts,
  binaryCounts,
  type ConfusionCell,
  confusionCells,
} from '../../../stats/performance/confusion.ts';
import { macroRecall } from '../../../stats/performance/multiclass.ts';
import { multiclassMcc } from '../../../stats/performance/multiclass-mcc.ts';
import { CONFUSION_SEPARATOR } from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import { classesRecipe, FROM_CLASSES } from './from-classes.ts';
import { counted, type QualityMetric } from './metric.ts';

const COLUMN = '_confusion';

const ACCURACY: QualityRecipe = {
  metric: 'accuracy',
  of: '',
  better: 'higher',
  columns: [COLUMN],
  labelledIn: [COLUMN],
  width: 2,
  counted: 2,
  add(profiles, into) {
    const confusion = profiles.get(COLUMN);
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

/** A metric of the four counts of two classes, which sum up over buckets; `ofSeveral`: what it is of more. */
function ofCounts(
  id: string,
  title: string,
  unit: string,
  metric: (counts: BinaryCounts) => Outcome<Estimate>,
  ofSeveral?: (cells: readonly ConfusionCell[]) => Outcome<Estimate>,
): QualityMetric {
  return {
    meta: { id, title, unit, definition: `${id}@1`, worse: 'lower' },
    tasks: ofSeveral === undefined ? ['binary'] : ['binary', 'multiclass'],
    from: 'answers',
    ...(ofSeveral && {
      several: { from: 'answers', recipe: ({ classes }) => classesRecipe(id, classes, ofSeveral) },
    }),
    recipe({ positive }) {
      if (positive === null) return { reason: 'positive_class_unknown' };
      return {
        metric: id,
        of: positive,
        better: 'higher',
        columns: [COLUMN],
        labelledIn: [COLUMN],
        width: 4,
        counted: 4,
        add(profiles, into) {
          const cells = confusionCells(profiles.get(COLUMN)?.counts ?? new Map(), CONFUSION_SEPARATOR);
          const { tp, fp, fn, tn } = binaryCounts(cells, positive);
          for (const [j, count] of [tp, fp, fn, tn].entries()) into[j]! += count;
        },
        quality: ([tp = 0, fp = 0, fn = 0, tn = 0]) => counted(metric({ tp, fp, fn, tn }), tp + fp + fn + tn),
      };
    },
  };
}

/** Metrics of what was answered against what turned out, from how often which answer met which label. */
export const FROM_ANSWERS: readonly QualityMetric[] = [
  {
    meta: {
      ...{ id: 'accuracy', title: 'accuracy', unit: 'share', definition: 'accuracy@1' },
      ...{ worse: 'lower', headline: 2 },
    },
    tasks: ['binary', 'multiclass'],
    from: 'answers',
    recipe: () => ACCURACY,
  },
  ofCounts('balanced_accuracy', 'balanced accuracy', 'share', balancedAccuracy, macroRecall),
  ofCounts('precision', 'precision', 'share', precision),
  ofCounts('recall', 'recall', 'share', recall),
  ofCounts('f1', 'F1', 'share', f1),
  ofCounts('mcc', 'Matthews correlation', '', mcc, multiclassMcc),
  ...FROM_CLASSES,
];
