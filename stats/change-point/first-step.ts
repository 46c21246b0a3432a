import { chiSquareQuantile } from '../distributions/chi-square-tail.ts';
import { countChange } from './count-change.ts';

/** A step by chance, in one of so many searches. */
const CHANCE = 0.001;

/**
 * Where a change begins that came bit by bit: what lies before a step at `at` is searched for a step of its own, and so on, as
 * long as each is one beyond chance, and `reach` elements back at most. The first element that such a change may have hit;
 * `at` itself when it was abrupt. `series[t][j]`: count of bin j in element t, as of `countChange`.
 * Source: binary segmentation (Scott & Knott 1974), on one side; χ² with Bonferroni over the places of a step.
 * @example firstStep([[9, 1], [9, 1], [1, 9], [1, 9]], 2, 12) // 2
 */
export function firstStep(series: readonly (readonly number[])[], at: number, reach: number): number {
  for (let first = at; ; ) {
    const before = series.slice(0, first);
    const step = countChange(before);
    if (step === null || step.low < at - reach || step.gain < beyondChance(before)) return first;
    first = step.low;
  }
}

function beyondChance(series: readonly (readonly number[])[]): number {
  const filled = series[0]!.filter((_, j) => series.some((row) => row[j]! > 0)).length;
  return chiSquareQuantile(1 - CHANCE / series.length, Math.max(1, filled - 1));
}
