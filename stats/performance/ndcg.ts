import { type IntervalMethod, meanWithin } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { overQueries, type RankedQuery, ties } from './ranked-query.ts';

/** What an item's relevance is worth: itself (scikit-learn), or 2^relevance − 1 (Burges et al. 2005). */
export type Gain = 'linear' | 'exponential';

export interface NdcgOptions {
  /** Ranks that count, from the top. Default all. */
  readonly k?: number;
  readonly gain?: Gain;
  readonly interval?: IntervalMethod;
}

/**
 * Normalised discounted cumulative gain at k, averaged over queries, in [0, 1]: Σ gain / log₂(rank + 1) over the first k, divided by that of
 * the ideal order. Equal scores share their ranks' discounts. Queries without a relevant item are left out; fewer than two
 * others are `not_enough_data`. 95 % interval over queries.
 * Source: Järvelin and Kekäläinen 2002; McSherry and Najork 2008 for ties; scikit-learn `ndcg_score`.
 * @example ndcg([{ relevance: [1, 0], score: [2, 1] }, { relevance: [0, 1], score: [1, 2] }]).value // 1
 */
export function ndcg(queries: readonly RankedQuery[], options: NdcgOptions = {}): Outcome<Estimate> {
  const one = (query: RankedQuery): number | null => queryNdcg(query, options);
  return meanWithin(overQueries(queries, one), [0, 1], options.interval);
}

/** NDCG of one query, or null without a relevant item. */
export function queryNdcg(
  query: RankedQuery,
  { k = Infinity, gain = 'linear' }: NdcgOptions = {},
): number | null {
  const worth = gain === 'linear' ? (x: number): number => x : (x: number): number => 2 ** x - 1;
  const ideal = discounted({ ...query, score: idealScore(query) }, k, worth);
  return ideal > 0 && Number.isFinite(ideal) ? Math.min(1, discounted(query, k, worth) / ideal) : null;
}

/** The relevance as score, but nothing for items that the model did not score. */
function idealScore({ relevance, score }: RankedQuery): number[] {
  return Array.from(relevance, (x, i) => (Number.isFinite(score[i]) ? x : Number.NaN));
}

function discounted(query: RankedQuery, k: number, worth: (relevance: number) => number): number {
  let sum = 0;
  for (const { before, size, gain } of ties(query, worth)) {
    let discounts = 0;
    for (let rank = before + 1; rank <= Math.min(k, before + size); rank++)
      discounts += 1 / Math.log2(rank + 1);
    sum += (gain / size) * discounts;
  }
  return sum;
}
