import { logGamma } from '../distributions/gamma.ts';
import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** Number of distinct values against what the reference lets expect. */
export interface CardinalityChange extends Estimate {
  /** Distinct values of either side as if both had as many observations as the smaller one. */
  readonly reference: number;
  readonly current: number;
}

/**
 * Ratio of distinct values, current / reference, at equal sample size: the larger side is rarefied to the size of the smaller, so that
 * a longer window alone is no change. 1 = as before. 95 % interval from the chance of each value to be seen, on the log scale.
 * An empty side is `not_enough_data`.
 * Source: Hurlbert 1971 (rarefaction).
 * @example cardinalityChange(reference, current) // { value: 2.1, low: 1.8, high: 2.5, reference: 40, current: 84 }
 */
export function cardinalityChange(
  reference: ReadonlyMap<unknown, number>,
  current: ReadonlyMap<unknown, number>,
): Outcome<CardinalityChange> {
  const before = occupied(reference);
  const after = occupied(current);
  const n = Math.min(total(before), total(after));
  if (!(n > 0)) return { reason: 'not_enough_data' };
  const expectedBefore = rarefied(before, n);
  const expectedAfter = rarefied(after, n);
  const value = expectedAfter / expectedBefore;
  const reach =
    Z_TWO_SIDED_95 * Math.hypot(spread(before, n) / expectedBefore, spread(after, n) / expectedAfter);
  return {
    value,
    low: value * Math.exp(-reach),
    high: value * Math.exp(reach),
    reference: expectedBefore,
    current: expectedAfter,
  };
}

/**
 * Expected number of distinct values among n observations drawn without putting back.
 * @example rarefied([5, 5], 1) // 1
 */
export function rarefied(counts: readonly number[], n: number): number {
  const all = total(counts);
  return counts.reduce((sum, count) => sum + 1 - unseen(count, all, n), 0);
}

/** C(all − count, n) / C(all, n): the chance that none of n drawn is one of `count`. */
function unseen(count: number, all: number, n: number): number {
  if (all - count < n) return 0;
  const fewer = Math.min(count, n);
  const more = Math.max(count, n);
  // Factor by factor as long as that is quick: log-gammas of large numbers cancel to few digits.
  if (fewer <= 1000) {
    let p = 1;
    for (let j = 0; j < fewer; j++) p *= (all - more - j) / (all - j);
    return p;
  }
  return Math.exp(
    logGamma(all - count + 1) - logGamma(all - count - n + 1) - logGamma(all + 1) + logGamma(all - n + 1),
  );
}

/** Standard deviation of the number of distinct values in n new observations, values seen or not independently. */
function spread(counts: readonly number[], n: number): number {
  const all = total(counts);
  return Math.sqrt(
    counts.reduce((sum, count) => {
      const missed = (1 - count / all) ** n;
      return sum + missed * (1 - missed);
    }, 0),
  );
}

function occupied(counts: ReadonlyMap<unknown, number>): number[] {
  return [...counts.values()].filter((count) => count > 0);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
