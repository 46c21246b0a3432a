import { type CountComparison, type Tested, tested } from '../comparison.ts';
import { logHypergeometric } from '../distributions/hypergeometric.ts';
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
  const value = Math.log(((d + 0.5) * (a + 0.5)) / ((b + 0.5) * (c + 0.5)));
  return tested(value, logAsUnlikely(a, a + b, a + c, a + b + c + d));
}

/**
 * ln of the sum of all probabilities at most that of `seen`, hypergeometric: `row` of `total` observations are the reference's,
 * `column` are others. Sums outwards from the table seen and from its mirror beyond the mode, until terms no longer count: some
 * hundred thousand steps at a thousand million counts.
 */
function logAsUnlikely(seen: number, row: number, column: number, total: number): number {
  const low = Math.max(0, row + column - total);
  const high = Math.min(row, column);
  const mode = Math.max(low, Math.min(high, Math.floor(((row + 1) * (column + 1)) / (total + 2))));
  const logOf = (x: number): number => logHypergeometric(x, row, column, total);
  const here = logOf(seen);
  // Ratio of the next probability, one step up or down.
  const up = (x: number): number => (((row - x) / (x + 1)) * (column - x)) / (total - row - column + x + 1);
  const down = (x: number): number => ((x / (row - x + 1)) * (total - row - column + x)) / (column - x + 1);
  const tail = (from: number, end: number, by: 1 | -1): number => {
    let sum = 1;
    let term = 1;
    for (let x = from; x !== end && term > 1e-18 * sum; x += by) {
      term *= by === 1 ? up(x) : down(x);
      sum += term;
    }
    return sum;
  };
  // Rounding must not part what is equally likely.
  const noLikelier = (x: number): boolean => logOf(x) <= here + 1e-9;
  if (noLikelier(mode)) return 0;
  const [outwards, ownEnd, otherEnd] = seen > mode ? ([1, high, low] as const) : ([-1, low, high] as const);
  const own = tail(seen, ownEnd, outwards);
  if (!noLikelier(otherEnd)) return here + Math.log(own);
  let far = otherEnd;
  for (let near = mode; Math.abs(far - near) > 1; ) {
    const middle = Math.floor((near + far) / 2);
    if (noLikelier(middle)) far = middle;
    else near = middle;
  }
  const mirror = Math.exp(logOf(far) - here) * tail(far, otherEnd, outwards === 1 ? -1 : 1);
  return here + Math.log(own + mirror);
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
