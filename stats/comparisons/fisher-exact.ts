import { type CountComparison, type Tested, tested } from '../comparison.ts';
import { logGamma } from '../gamma.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Fisher's exact test of a 2 × 2 table, two-sided: p is the sum of all tables at most as likely as the one seen. `value` is
 * the log of the odds ratio, half a count added to each cell so that it is finite. Counts are whole, [others, hits] of each side.
 * A row or column of zeros is `constant`, an empty side `not_enough_data`, other than two bins `different_bins`.
 * @example fisherExactTest([8, 2], [1, 5]).p // 0.0349…
 */
export function fisherExactTest(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome<Tested> {
  if (reference.length !== 2 || current.length !== 2) return { reason: 'different_bins' };
  const [a, b, c, d] = [reference[0]!, reference[1]!, current[0]!, current[1]!].map(Math.round) as [number, number, number, number]; // biome-ignore format: one line
  if (a + b === 0 || c + d === 0) return { reason: 'not_enough_data' };
  if (a + c === 0 || b + d === 0) return { reason: 'constant' };
  const low = Math.max(0, a + c - (c + d));
  const high = Math.min(a + b, a + c);
  const logOf = (x: number): number =>
    -(logFactorial(x) + logFactorial(a + b - x) + logFactorial(a + c - x) + logFactorial(d - a + x));
  const seen = logOf(a);
  // Relative to the table seen; ties within rounding count as equally likely.
  let asUnlikely = 0;
  let all = 0;
  const mode = Math.max(low, Math.min(high, Math.floor(((a + b + 1) * (a + c + 1)) / (a + b + c + d + 2))));
  const top = logOf(mode);
  for (let x = low; x <= high; x++) {
    const here = logOf(x);
    all += Math.exp(here - top);
    if (here <= seen + 1e-7) asUnlikely += Math.exp(here - seen);
  }
  const value = Math.log(((d + 0.5) * (a + 0.5)) / ((b + 0.5) * (c + 0.5)));
  return tested(value, seen - top + Math.log(asUnlikely) - Math.log(all));
}

function logFactorial(n: number): number {
  return logGamma(n + 1);
}

export const fisherExact: CountComparison = {
  id: 'fisher_exact',
  version: 1,
  title: 'Fisher’s exact test',
  formula:
    'p: sum of the hypergeometric probabilities of all tables at most as likely as the one seen; value: log odds ratio (½ added to each cell)',
  range: [null, null],
  edges: 'A row or column of zeros: constant.',
  source: 'Fisher 1922; scipy.stats.fisher_exact',
  accepts: 'two_counts',
  compare: fisherExactTest,
};
