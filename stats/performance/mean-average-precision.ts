import { type IntervalMethod, meanWithin } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { overQueries, type RankedQuery, ties } from './ranked-query.ts';

/**
 * Mean average precision at k over queries, in [0, 1]: the precision at each relevant rank up to k, summed and divided by
 * min(k, relevant items). Equal scores give the expectation over their orders, so that luck of the order earns nothing.
 * Queries without a relevant item are left out; fewer than two others are `not_enough_data`. 95 % interval over queries.
 * Source: Manning, Raghavan and Schütze 2008, section 8.4; McSherry and Najork 2008 for ties.
 * @example meanAveragePrecision([{ relevance: [1, 0], score: [2, 1] }, { relevance: [1, 0], score: [1, 2] }]).value // 0.75
 */
export function meanAveragePrecision(
  queries: readonly RankedQuery[],
  k = Infinity,
  interval?: IntervalMethod,
): Outcome<Estimate> {
  const one = (query: RankedQuery): number | null => queryAveragePrecision(query, k);
  return meanWithin(overQueries(queries, one), [0, 1], interval);
}

/** Average precision of one query, or null without a relevant item. */
export function queryAveragePrecision(query: RankedQuery, k = Infinity): number | null {
  let found = 0;
  let sum = 0;
  for (const { before, size, relevant } of ties(query)) {
    // At a rank of the tie an item is relevant with chance relevant / size; then the ranks above it in the tie hold this many each.
    const others = size > 1 ? (relevant - 1) / (size - 1) : 0;
    for (let i = 1; i <= size && before + i <= k; i++)
      sum += ((relevant / size) * (found + 1 + (i - 1) * others)) / (before + i);
    found += relevant;
  }
  const most = Math.min(k, found);
  return most > 0 ? Math.min(1, sum / most) : null;
}
