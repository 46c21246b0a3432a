import type { Estimate, Outcome } from '../outcome.ts';
import { queryNdcg } from '../performance/ndcg.ts';
import { random, randomNormal } from '../random.ts';

/** Attributions of one feature: how many, the sum of their sizes, and that of their squares. They merge by adding. */
export interface Moments {
  readonly n: number;
  readonly size: number;
  readonly squares: number;
}

const DRAWS = 200;

/**
 * How far the ranking of features by what they contribute is what it was: nDCG of the present order with the sizes of the reference as
 * gains, in [0, 1], 1 the same order. `reference` and `current` are in step, one entry a feature; `n` is that of the feature that
 * came most often. The interval is that of the sampling of both sides: means drawn about those found (parametric bootstrap,
 * always the same draws), `z` standard errors wide. `not_enough_data` where either side has no size at all.
 * Source: Amazon SageMaker Clarify, feature attribution drift (nDCG); Järvelin and Kekäläinen 2002.
 * @example rankingDrift([{ n: 9, size: 18, squares: 36 }, { n: 9, size: 9, squares: 9 }], [{ n: 9, size: 9, squares: 9 }, { n: 9, size: 18, squares: 36 }]).value // 0.8597…
 */
export function rankingDrift(
  reference: readonly Moments[],
  current: readonly Moments[],
  z = 1.96,
): Outcome<Estimate> {
  const [before, after] = [meansOf(reference), meansOf(current)];
  const found = agreement(before.means, after.means);
  if (found === null || !after.means.some((mean) => mean > 0)) return { reason: 'not_enough_data' };
  const next = random(1);
  const drawn = ({ means, errors }: Means) =>
    means.map((mean, i) => Math.max(0, mean + errors[i]! * randomNormal(next)));
  const draws: number[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const value = agreement(drawn(before), drawn(after));
    if (value !== null) draws.push(value);
  }
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const spread = Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length);
  return {
    value: found,
    low: Math.max(0, found - z * spread),
    high: Math.min(1, found + z * spread),
  };
}

interface Means {
  readonly n: number;
  readonly means: readonly number[];
  readonly errors: readonly number[];
}

/** Per row, not per attribution: one that is sent rarely weighs little. */
function meansOf(moments: readonly Moments[]): Means {
  const n = Math.max(1, ...moments.map((each) => each.n));
  const means = moments.map(({ size }) => size / n);
  const errors = moments.map(({ squares }, i) => Math.sqrt(Math.max(0, squares / n - means[i]! ** 2) / n));
  return { n, means, errors };
}

const agreement = (gains: readonly number[], order: readonly number[]) =>
  queryNdcg({ relevance: [...gains], score: [...order] });
