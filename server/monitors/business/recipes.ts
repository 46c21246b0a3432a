import type { Impact } from '../../../contract/impact.ts';
import { mean } from '../../../stats/intervals/mean.ts';
import { perExposure } from '../../../stats/intervals/per-exposure.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import { type AnswerValues, answerValue } from '../../../stats/performance/answer-value.ts';
import { binaryCounts, confusionCells } from '../../../stats/performance/confusion.ts';
import { CONFUSION_SEPARATOR } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import { counted } from '../quality/metric.ts';
import type { Quality, QualityRecipe } from '../subject.ts';

type Recipe = QualityRecipe | { readonly reason: string };

/** What is told of an outcome, from predictions and from the sums over those of them that have one. */
const STATISTICS = {
  per_prediction: (predictions: number, sums: Sums) => counted(perExposure(sums, predictions), predictions),
  conversion: (predictions: number, { notZero }: Sums): Quality =>
    notZero > predictions
      ? { reason: 'more_outcomes_than_predictions', n: predictions }
      : counted(proportion(notZero, predictions), predictions),
  per_outcome: (_: number, sums: Sums) => counted(mean(sums), sums.n),
} as const;

interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly sum2: number;
  readonly notZero: number;
}

export type OutcomeStatistic = keyof typeof STATISTICS;

const PREDICTIONS = '_all';

/** How a statistic of one outcome is made of profiles. `column`: the profile of the outcome. Pure. */
export function outcomeRecipe(statistic: OutcomeStatistic, column: string): QualityRecipe {
  return {
    metric: statistic,
    of: '',
    better: 'higher',
    columns: [PREDICTIONS, column],
    comesWith: [column],
    labelledIn: [PREDICTIONS],
    width: 5,
    counted: 1,
    add(profiles, into) {
      const outcomes = profiles.get(column);
      const parts = [outcomes?.n, outcomes?.sum, outcomes?.sum2, outcomes?.counts.get('not_zero')];
      into[0]! += profiles.get(PREDICTIONS)?.n ?? 0;
      for (const [j, part] of parts.entries()) into[j + 1]! += part ?? 0;
    },
    quality: ([predictions = 0, n = 0, sum = 0, sum2 = 0, notZero = 0]) =>
      STATISTICS[statistic](predictions, { n, sum, sum2, notZero }),
  };
}

/** What each answer is worth, what is left out 0. `valuesOf({ false_negative: -300 }).fn` → −300 */
export function valuesOf(impact: Impact): AnswerValues {
  return {
    tp: impact.true_positive ?? 0,
    fp: impact.false_positive ?? 0,
    fn: impact.false_negative ?? 0,
    tn: impact.true_negative ?? 0,
  };
}

const CONFUSION = '_confusion';

/** How the value of a labelled prediction is made of answers and labels, once it is known what each is worth. Pure. */
export function impactRecipe({ impact, positive, known }: LabelledModel): Recipe {
  if (impact === null) return { reason: 'no_impact' };
  if (!known.has(CONFUSION)) return { reason: 'no_labels' };
  if (positive === null) return { reason: 'positive_class_unknown' };
  const values = valuesOf(impact);
  return {
    metric: 'impact',
    of: positive,
    better: 'higher',
    columns: [CONFUSION],
    labelledIn: [CONFUSION],
    width: 4,
    counted: 4,
    add(profiles, into) {
      const cells = confusionCells(profiles.get(CONFUSION)?.counts ?? new Map(), CONFUSION_SEPARATOR);
      const { tp, fp, fn, tn } = binaryCounts(cells, positive);
      for (const [j, count] of [tp, fp, fn, tn].entries()) into[j]! += count;
    },
    quality: ([tp = 0, fp = 0, fn = 0, tn = 0]) =>
      counted(answerValue({ tp, fp, fn, tn }, values), tp + fp + fn + tn),
  };
}
