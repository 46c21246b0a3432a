import { type Sums, sampleVariance } from '../intervals/mean.ts';

/**
 * What is known of the difference of two means over strata (buckets of time in which both sides answered), as sums: so a
 * change of level over time, or of how traffic is split, is no difference of the two. Plain data.
 */
export interface Strata {
  /** Σ w (mean of current − mean of reference), w = mn/(m + n) of each stratum. */
  readonly sum: number;
  /** Σ w. */
  readonly weight: number;
  /** Σ w²/m and Σ w²/n: what the variances of the sides are multiplied by. */
  readonly ofReference: number;
  readonly ofCurrent: number;
  /** All values of each side, in strata where both have some. */
  readonly reference: Sums;
  readonly current: Sums;
}

const NOTHING: Sums = { n: 0, sum: 0, sum2: 0 };

/** Nothing seen yet. */
export const NO_STRATA: Strata = {
  ...{ sum: 0, weight: 0, ofReference: 0, ofCurrent: 0 },
  ...{ reference: NOTHING, current: NOTHING },
};

/**
 * The strata with one more; one in which a side has no values says nothing and changes nothing.
 * @example addStratum(NO_STRATA, { n: 2, sum: 1, sum2: 1 }, { n: 2, sum: 2, sum2: 2 }).sum // 0.5
 */
export function addStratum(strata: Strata, reference: Sums, current: Sums): Strata {
  const { n: m } = reference;
  const { n } = current;
  if (!(m > 0 && n > 0)) return strata;
  const w = (m * n) / (m + n);
  return {
    sum: strata.sum + w * (current.sum / n - reference.sum / m),
    weight: strata.weight + w,
    ofReference: strata.ofReference + (w * w) / m,
    ofCurrent: strata.ofCurrent + (w * w) / n,
    reference: added(strata.reference, reference),
    current: added(strata.current, current),
  };
}

/** A sum that grows with what is seen, its weight, and the variance that it has gathered by chance. */
export interface Gathered {
  readonly sum: number;
  readonly weight: number;
  readonly variance: number;
}

/**
 * The strata as one sum with its variance. Values that were all alike so far are not taken for certain: `unit` (the size of
 * one value, 1 for shares) is added to each side once.
 */
export function gathered(
  { sum, weight, ofReference, ofCurrent, reference, current }: Strata,
  unit = 0,
): Gathered {
  const of = (side: Sums) => sampleVariance(unit === 0 ? side : withOneOfEach(side, unit));
  return { sum, weight, variance: ofReference * of(reference) + ofCurrent * of(current) };
}

/** With one value of 0 and one of `unit` more. */
const withOneOfEach = ({ n, sum, sum2 }: Sums, unit: number): Sums => ({
  ...{ n: n + 2, sum: sum + unit, sum2: sum2 + unit * unit },
});

const added = (a: Sums, b: Sums): Sums => ({ n: a.n + b.n, sum: a.sum + b.sum, sum2: a.sum2 + b.sum2 });
