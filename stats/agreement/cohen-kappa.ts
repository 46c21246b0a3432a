import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { proportion } from '../intervals/proportion.ts';
import { available, type Estimate, type Outcome } from '../outcome.ts';

/** Cohen's kappa with what it is made of. */
export interface Kappa extends Estimate {
  /** Items that both judged. */
  readonly n: number;
  /** Share of them judged alike. */
  readonly observed: number;
  /** The same, were the answers of both independent. */
  readonly expected: number;
}

/**
 * How far two reviewers agree beyond chance on the same items: (observed − expected) ÷ (1 − expected), in [−1, 1]; 1 = always,
 * 0 = as by chance. Classes are names without an order. 95 % interval by the large-sample variance; where all items were judged
 * alike that variance is 0, and the lower end comes from Wilson's bound of the share judged alike.
 * Fewer than two items are `not_enough_data`; both always the same one class is `constant`.
 * Source: Cohen 1960; Fleiss, Cohen and Everitt 1969; scikit-learn `cohen_kappa_score`, statsmodels `cohens_kappa`.
 * @param pairs the answers of the first and of the second reviewer, item by item
 * @example cohenKappa([['yes', 'yes'], ['no', 'no'], ['yes', 'no'], ['no', 'no']]).value // 0.5
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): Outcome<Kappa> {
  const n = pairs.length;
  if (n < 2) return { reason: 'not_enough_data' };
  const first = shares(pairs.map(([a]) => a));
  const second = shares(pairs.map(([, b]) => b));
  const observed = pairs.filter(([a, b]) => a === b).length / n;
  let expected = 0;
  for (const [name, share] of first) expected += share * (second.get(name) ?? 0);
  if (expected >= 1) return { reason: 'constant' };
  const value = (observed - expected) / (1 - expected);
  const told = { value, n, observed, expected };
  if (observed === 1) {
    const alike = proportion(n, n);
    const least = available(alike) ? (alike.low - expected) / (1 - expected) : value;
    return { ...told, low: Math.max(-1, least), high: 1 };
  }
  let spread = 0;
  for (const [a, b] of pairs) {
    const atA = (second.get(a) ?? 0) + (first.get(b) ?? 0);
    spread += a === b ? (1 - atA * (1 - value)) ** 2 : atA ** 2 * (1 - value) ** 2;
  }
  const variance = (spread / n - (value - expected * (1 - value)) ** 2) / (n * (1 - expected) ** 2);
  const reach = Z_TWO_SIDED_95 * Math.sqrt(Math.max(0, variance));
  return { ...told, low: Math.max(-1, value - reach), high: Math.min(1, value + reach) };
}

function shares(answers: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return new Map([...counts].map(([name, count]) => [name, count / answers.length]));
}
