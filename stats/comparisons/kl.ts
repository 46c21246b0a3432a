import type { CountComparison } from '../comparison.ts';
import { onShares } from '../distances/shares.ts';
import { deviance } from '../distributions/incomplete-gamma.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Kullback–Leibler divergence of the current from the reference shares, Σ c ln(c / r) in nats, in [0, ∞), with half a count
 * added to every occupied bin of both sides (Laplace ½).
 * @example kullbackLeibler([50, 50], [50, 50]) // { value: 0 }
 */
export function kullbackLeibler(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  return onShares(reference, current, 0.5, ({ r, c, gaps }) => ({
    // c ln(c / r) + r − c: the added parts sum to 0, no term is negative, and small divergences keep their digits.
    value: c.reduce((sum, share, i) => sum + share * deviance(r[i]! / share, -gaps[i]! / share), 0),
  }));
}

export const kl: CountComparison = {
  id: 'kl',
  version: 1,
  title: 'Kullback–Leibler divergence',
  formula: 'Σ c · ln(c / r), half a count added to every occupied bin of both sides (Laplace ½)',
  range: [0, null],
  edges: 'Same shares or one occupied bin: 0. Not symmetric, and it depends on the rule for empty bins.',
  source: 'Kullback and Leibler 1951, On information and sufficiency',
  accepts: 'counts',
  compare: kullbackLeibler,
};
