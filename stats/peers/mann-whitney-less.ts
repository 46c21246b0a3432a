import { normalCdf } from '../distributions/normal.ts';

/**
 * p of the Mann–Whitney test against "the reference is stochastically less", as SciPy's default: exact when a side has at
 * most 8 values and none is tied, else normal with tie and continuity corrections.
 */
export function mannWhitneyLess(reference: Float64Array, current: Float64Array): number {
  const [m, n] = [reference.length, current.length];
  const ordered = [
    ...Array.from(reference, (value) => ({ value, mine: 1 })),
    ...Array.from(current, (value) => ({ value, mine: 0 })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let tied = 0;
  for (let i = 0; i < ordered.length; ) {
    let end = i;
    let mine = 0;
    while (end < ordered.length && ordered[end]!.value === ordered[i]!.value) mine += ordered[end++]!.mine;
    rankSum += mine * ((i + 1 + end) / 2);
    tied += (end - i) ** 3 - (end - i);
    i = end;
  }
  const above = m * n - (rankSum - (m * (m + 1)) / 2);
  if (Math.min(m, n) <= 8 && tied === 0) return exactTail(above, m, n);
  const all = m + n;
  const deviation = Math.sqrt(((m * n) / 12) * (all + 1 - tied / (all * (all - 1))));
  return normalCdf(-(above - (m * n) / 2 - 0.5) / deviation);
}

/** P(U ≥ u) over all orderings of m + n distinct values. */
function exactTail(u: number, m: number, n: number): number {
  const [few, many] = [Math.min(m, n), Math.max(m, n)];
  // Coefficients of the Gaussian binomial: multiply by 1 − q^(many + i), divide by 1 − q^i.
  const ways = new Float64Array(few * many + 1);
  ways[0] = 1;
  for (let i = 1; i <= few; i++) {
    for (let k = ways.length - 1; k >= many + i; k--) ways[k]! -= ways[k - many - i]!;
    for (let k = i; k < ways.length; k++) ways[k]! += ways[k - i]!;
  }
  const total = ways.reduce((sum, count) => sum + count, 0);
  return ways.slice(Math.round(u)).reduce((sum, count) => sum + count, 0) / total;
}
