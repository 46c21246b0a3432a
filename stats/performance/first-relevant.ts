import { type IntervalMethod, meanWithin } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { overQueries, type RankedQuery, ties } from './ranked-query.ts';

/**
 * Mean reciprocal rank of the first relevant item over queries, in [0, 1]; beyond rank k it counts 0. Equal scores give the
 * expectation over their orders. Queries without a relevant item are left out; fewer than two others are `not_enough_data`.
 * 95 % interval over queries.
 * Source: Voorhees 1999; McSherry and Najork 2008 for ties.
 * @example meanReciprocalRank([{ relevance: [0, 1], score: [2, 1] }, { relevance: [1, 0], score: [2, 1] }]).value // 0.75
 */
export function meanReciprocalRank(
  queries: readonly RankedQuery[],
  k = Infinity,
  interval?: IntervalMethod,
): Outcome<Estimate> {
  return meanWithin(overQueries(queries, (query) => expected(query, k, (rank) => 1 / rank)), [0, 1], interval); // biome-ignore format: one line
}

/**
 * Share of queries with a relevant item in the first k, in [0, 1]; ties, queries left out and interval as `meanReciprocalRank`.
 * @example hitRate([{ relevance: [0, 1], score: [2, 1] }, { relevance: [1, 0], score: [2, 1] }], 1).value // 0.5
 */
export function hitRate(
  queries: readonly RankedQuery[],
  k: number,
  interval?: IntervalMethod,
): Outcome<Estimate> {
  return meanWithin(
    overQueries(queries, (query) => expected(query, k, () => 1)),
    [0, 1],
    interval,
  );
}

/** What the first relevant item's rank is worth on average over the orders of equal scores, or null without a relevant item. */
function expected(query: RankedQuery, k: number, worth: (rank: number) => number): number | null {
  const tie = ties(query).find(({ relevant }) => relevant > 0);
  if (!tie) return null;
  let none = 1;
  let sum = 0;
  for (let i = 1; i <= tie.size && tie.before + i <= k; i++) {
    const here = Math.min(1, tie.relevant / (tie.size - i + 1));
    sum += none * here * worth(tie.before + i);
    none *= 1 - here;
  }
  return Math.min(1, sum);
}
