import type { Estimate, Outcome } from '../outcome.ts';
import { mean, type Sums } from './mean.ts';

/**
 * A sum of values per unit that could have had one, in the values' unit, with Student's 95 % interval: revenue per prediction,
 * where most predictions have none. As long as there are not more values than units each is one unit's and all others count as
 * 0, so that this is the mean over all units. With more, values come by themselves: then their number varies too, and the
 * spread is that of a compound Poisson sum. Fewer than two units are `not_enough_data`.
 * @param values Sums over the values that came.
 * @param units How many could have had one.
 * @example perExposure({ n: 2, sum: 10, sum2: 50 }, 10).value // 1
 */
export function perExposure({ n, sum, sum2 }: Sums, units: number): Outcome<Estimate> {
  const spread = n <= units ? sum2 : sum2 + (sum * sum) / Math.max(1, units);
  return mean({ n: units, sum, sum2: spread });
}
