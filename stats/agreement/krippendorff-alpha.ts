import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { proportion } from '../intervals/proportion.ts';
import { available, type Estimate, type Outcome } from '../outcome.ts';

/** Krippendorff's alpha with what it is of. */
export interface Alpha extends Estimate {
  /** Items with at least two answers. */
  readonly n: number;
  /** Answers to them. */
  readonly answers: number;
}

/**
 * How far any number of reviewers agree beyond chance, each having judged any of the items: 1 − observed ÷ expected disagreement,
 * at most 1; 0 = as by chance. Classes are names without an order. Items with fewer than two answers are left out.
 * 95 % interval by the jackknife over items, cut to [−1, 1]; where nobody disagreed that has no width, and the lower end is what one
 * dissenting answer in the share of items that Wilson's bound leaves would give. Linear in the answers.
 * Fewer than two such items are `not_enough_data`; one class alone is `constant`.
 * Source: Krippendorff 2004, chapter 11; the package `krippendorff`, `alpha(level_of_measurement='nominal')`.
 * @param items the answers to each item
 * @example krippendorffAlpha([['yes', 'yes'], ['no', 'no', 'no'], ['yes', 'no'], ['no']]).value // 0.5
 */
export function krippendorffAlpha(items: readonly (readonly string[])[]): Outcome<Alpha> {
  const judged = items.filter((answers) => answers.length > 1).map(unitOf);
  const n = judged.length;
  if (n < 2) return { reason: 'not_enough_data' };
  const totals = new Map<string, number>();
  let [answers, apart] = [0, 0];
  for (const unit of judged) {
    answers += unit.size;
    apart += unit.apart;
    for (const [name, count] of unit.counts) totals.set(name, (totals.get(name) ?? 0) + count);
  }
  if (totals.size < 2) return { reason: 'constant' };
  let squares = 0;
  for (const total of totals.values()) squares += total ** 2;
  const value = alphaOf(apart, answers, squares);
  const told = { value, n, answers };
  if (apart === 0) {
    const alike = proportion(n, n);
    const share = available(alike) ? 1 - alike.low : 0;
    return { ...told, low: Math.max(-1, alphaOf(2 * n * share, answers, squares)), high: 1 };
  }
  const without = judged.map((unit) => {
    let less = squares;
    for (const [name, count] of unit.counts) less -= count * (2 * totals.get(name)! - count);
    return alphaOf(apart - unit.apart, answers - unit.size, less);
  });
  const middle = without.reduce((sum, each) => sum + each, 0) / n;
  const variance = (without.reduce((sum, each) => sum + (each - middle) ** 2, 0) * (n - 1)) / n;
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  return {
    ...told,
    low: Math.min(value, Math.max(-1, value - reach)),
    high: Math.min(1, value + reach),
  };
}

interface Unit {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
  /** Ordered pairs of answers that differ, ÷ (answers − 1). */
  readonly apart: number;
}

function unitOf(answers: readonly string[]): Unit {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const size = answers.length;
  let apart = 0;
  for (const count of counts.values()) apart += (count * (size - count)) / (size - 1);
  return { counts, size, apart };
}

/** Of answers that are all of one class, which leaving out an item may give: nobody disagrees, 1. */
function alphaOf(apart: number, answers: number, squares: number): number {
  const expected = (answers ** 2 - squares) / (answers - 1);
  return expected > 0 ? 1 - apart / expected : 1;
}
