/** The items offered for one query (a user, a search, a session): how relevant each was and how the model scored it. */
export interface RankedQuery {
  /** ≥ 0; 0 = not relevant. Grades for NDCG, above 0 counts as relevant elsewhere. */
  readonly relevance: ArrayLike<number>;
  /** Higher is ranked first. */
  readonly score: ArrayLike<number>;
}

/** Items with the same score, which stand in no order among themselves. */
export interface Tie {
  /** Items ranked before them. */
  readonly before: number;
  readonly size: number;
  /** Sum of their gains. */
  readonly gain: number;
  /** How many of them are relevant. */
  readonly relevant: number;
}

/**
 * The query's items from the best score down, equal scores together. Items whose score or relevance is not finite, or whose
 * relevance is negative, are left out.
 * @example ties({ relevance: [1, 0, 2], score: [5, 5, 9] }) // sizes 1, 2
 */
export function ties(
  { relevance, score }: RankedQuery,
  gainOf: (relevance: number) => number = identity,
): Tie[] {
  const items = Array.from({ length: Math.min(score.length, relevance.length) }, (_, i) => i)
    .filter((i) => Number.isFinite(score[i]) && Number.isFinite(relevance[i]) && relevance[i]! >= 0)
    .sort((a, b) => score[b]! - score[a]!);
  const groups: { before: number; size: number; gain: number; relevant: number }[] = [];
  let last = Number.NaN;
  for (const [rank, i] of items.entries()) {
    if (score[i] !== last) groups.push({ before: rank, size: 0, gain: 0, relevant: 0 });
    last = score[i]!;
    const group = groups.at(-1)!;
    group.size++;
    group.gain += gainOf(relevance[i]!);
    if (relevance[i]! > 0) group.relevant++;
  }
  return groups;
}

/**
 * Each query's number, those without a relevant item left out: nothing could have been ranked well in them.
 */
export function overQueries(
  queries: readonly RankedQuery[],
  metric: (query: RankedQuery) => number | null,
): number[] {
  return queries.map(metric).filter((value) => value !== null);
}

function identity(x: number): number {
  return x;
}
