/** Labelled scores at one place: how many, and how many of them are positive. */
export interface ScoredGroup {
  readonly score: number;
  readonly n: number;
  readonly positive: number;
}

/** A non-decreasing step map from score to probability, linear between its knots; plain JSON. */
export interface Isotonic {
  readonly kind: 'isotonic';
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
}

/**
 * Isotonic calibration by pool adjacent violators: the non-decreasing probabilities with the least squared error.
 * Without observations it is the identity.
 * Source: Zadrozny and Elkan 2002; scikit-learn IsotonicRegression(out_of_bounds="clip").
 */
export function fitIsotonic(groups: readonly ScoredGroup[]): Isotonic {
  const sorted = groups.filter(({ n }) => n > 0).toSorted((a, b) => a.score - b.score);
  const blocks: { from: number; to: number; n: number; positive: number }[] = [];
  for (const { score, n, positive } of sorted) {
    blocks.push({ from: score, to: score, n, positive });
    for (let last = blocks.at(-1)!, before = blocks.at(-2); before; before = blocks.at(-2)) {
      if (before.to < last.from && before.positive * last.n < last.positive * before.n) break;
      before.to = last.to;
      before.n += last.n;
      before.positive += last.positive;
      blocks.pop();
      last = before;
    }
  }
  const knots = blocks.flatMap(({ from, to, n, positive }) =>
    (from === to ? [from] : [from, to]).map((score) => ({ score, p: positive / n })),
  );
  return {
    kind: 'isotonic',
    scores: knots.map(({ score }) => score),
    probabilities: knots.map(({ p }) => p),
  };
}

/** The calibrated probability of a score: linear between knots, constant beyond them. */
export function isotonicProbability({ scores, probabilities }: Isotonic, score: number): number {
  if (scores.length === 0) return score;
  let above = 0;
  let high = scores.length;
  while (above < high) {
    const middle = (above + high) >> 1;
    if (scores[middle]! < score) above = middle + 1;
    else high = middle;
  }
  if (above === 0) return probabilities[0]!;
  if (above === scores.length) return probabilities.at(-1)!;
  const from = scores[above - 1]!;
  const weight = (score - from) / (scores[above]! - from);
  return probabilities[above - 1]! * (1 - weight) + probabilities[above]! * weight;
}
