import { mean } from '../intervals/mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { BinaryCounts } from './confusion.ts';

/** What one answer of each sort is worth, in any unit of money. */
export type AnswerValues = Readonly<Record<keyof BinaryCounts, number>>;

/**
 * Mean value of an answer, in the unit of the values, with Student's 95 % interval: each of the four counts of two classes is
 * worth its value. Fewer than two answers are `not_enough_data`.
 * @example answerValue({ tp: 0, fp: 1, fn: 0, tn: 1 }, { tp: 0, fp: -4, fn: 0, tn: 2 }).value // −1
 */
export function answerValue(counts: BinaryCounts, values: AnswerValues): Outcome<Estimate> {
  const sums = { n: 0, sum: 0, sum2: 0 };
  for (const [sort, value] of Object.entries(values) as [keyof BinaryCounts, number][]) {
    sums.n += counts[sort];
    sums.sum += counts[sort] * value;
    sums.sum2 += counts[sort] * value * value;
  }
  return mean(sums);
}
