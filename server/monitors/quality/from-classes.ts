import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { type ConfusionCell, confusionCells } from '../../../stats/performance/confusion.ts';
import { macroF1, macroPrecision, macroRecall } from '../../../stats/performance/multiclass.ts';
import { CLASSES, CONFUSION_SEPARATOR } from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import { counted, type QualityMetric } from './metric.ts';

const COLUMN = '_confusion';

/**
 * A metric of the confusion of several classes: each class has a place of its own among answers and labels, whatever else
 * occurs shares the last. Of other classes it is another number. Pure.
 */
export function classesRecipe(
  metric: string,
  classes: readonly string[],
  of: (cells: readonly ConfusionCell[]) => Outcome<Estimate>,
): QualityRecipe | { readonly reason: string } {
  if (classes.length > CLASSES) return { reason: 'too_many_classes' };
  const names = [...classes].sort();
  const places = names.length + 1;
  const placeOf = new Map(names.map((name, place) => [name, place]));
  return {
    metric,
    of: names.join('\u001f'),
    better: 'higher',
    columns: [COLUMN],
    labelledIn: [COLUMN],
    width: places * places,
    counted: places * places,
    add(profiles, into) {
      const cells = confusionCells(profiles.get(COLUMN)?.counts ?? new Map(), CONFUSION_SEPARATOR);
      for (const { actual, predicted, count } of cells) {
        const [row, column] = [actual, predicted].map((name) => placeOf.get(name) ?? names.length);
        // Two others that are not the same would look like a right answer.
        if (row === column && actual !== predicted) continue;
        into[row! * places + column!]! += count;
      }
    },
    quality(sums) {
      const cells = sums.flatMap((count, i): ConfusionCell[] =>
        count > 0 ? [{ actual: String(Math.floor(i / places)), predicted: String(i % places), count }] : [],
      );
      return counted(
        of(cells),
        sums.reduce((n, count) => n + count, 0),
      );
    },
  };
}

function macro(
  id: string,
  title: string,
  of: (cells: readonly ConfusionCell[]) => Outcome<Estimate>,
): QualityMetric {
  return {
    meta: { id, title, unit: 'share', definition: `${id}@1`, worse: 'lower' },
    tasks: ['multiclass'],
    from: 'answers',
    recipe: ({ classes }) => classesRecipe(id, classes, of),
  };
}

/** Metrics that count each class alike, however rare it is. */
export const FROM_CLASSES: readonly QualityMetric[] = [
  macro('macro_f1', 'macro F1', macroF1),
  macro('macro_precision', 'macro precision', macroPrecision),
  macro('macro_recall', 'macro recall', macroRecall),
];
