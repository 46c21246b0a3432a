/** Shares of categories; they sum to 1, or to 0 when there are none. */
export type Shares = ReadonlyMap<string, number>;

/** `sharesOf(new Map([['a', 3], ['b', 1]]))` → a 0.75, b 0.25 */
export function sharesOf(counts: ReadonlyMap<string, number>): Shares {
  let total = 0;
  for (const n of counts.values()) total += n;
  return new Map([...counts].map(([name, n]) => [name, total > 0 ? n / total : 0]));
}

/** Half the sum of the differences of shares, 0 (same) to 1 (disjoint). `totalVariation` of counts is in comparisons/. */
export function sharesGap(a: Shares, b: Shares): number {
  let sum = 0;
  for (const name of new Set([...a.keys(), ...b.keys()]))
    sum += Math.abs((a.get(name) ?? 0) - (b.get(name) ?? 0));
  return sum / 2;
}

/** A share of one in another. */
export function sharesMixed(a: Shares, b: Shares, share: number): Shares {
  return new Map(
    [...new Set([...a.keys(), ...b.keys()])].map((name) => [
      name,
      (1 - share) * (a.get(name) ?? 0) + share * (b.get(name) ?? 0),
    ]),
  );
}

/** The share of `b` in `a` that comes nearest to `now`, with the gap that is left. */
export function nearestShares(
  a: Shares,
  b: Shares,
  now: Shares,
  steps = 20,
): { readonly share: number; readonly gap: number } {
  let best = { share: 0, gap: sharesGap(a, now) };
  for (let step = 1; step <= steps; step++) {
    const share = step / steps;
    const gap = sharesGap(sharesMixed(a, b, share), now);
    if (gap < best.gap) best = { share, gap };
  }
  return best;
}
