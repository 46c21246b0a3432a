import { type NumberComparison, type Tested, tested } from '../comparison.ts';
import { logKolmogorovTail } from '../kolmogorov.ts';
import type { Outcome } from '../outcome.ts';
import { mergedSteps, type Sample } from '../sample.ts';

/** Up to this many pairs the p-value is exact (without ties; conservative with them). */
const EXACT_PAIRS = 1e6;

/**
 * Two-sample Kolmogorov–Smirnov test: D, the greatest gap between the distribution functions, in [0, 1], and its two-sided
 * p: exact up to a million pairs, the Kolmogorov limit beyond. An empty side is `not_enough_data`.
 * @example kolmogorovSmirnov(sampleOf([1, 2]), sampleOf([3, 4])).value // 1
 */
export function kolmogorovSmirnov(reference: Sample, current: Sample): Outcome<Tested> {
  const m = reference.n;
  const n = current.n;
  if (m === 0 || n === 0) return { reason: 'not_enough_data' };
  let a = 0;
  let b = 0;
  let value = 0;
  for (const step of mergedSteps(reference, current)) {
    a += step.reference;
    b += step.current;
    value = Math.max(value, Math.abs(a / m - b / n));
  }
  if (m * n <= EXACT_PAIRS) return tested(value, Math.log(exactTail(value, Math.round(m), Math.round(n))));
  return tested(value, logKolmogorovTail(value * Math.sqrt((m * n) / (m + n))));
}

/** P(D ≥ d) over all orderings of m + n distinct values: the chance that a random path leaves the band. */
function exactTail(d: number, m: number, n: number): number {
  const limit = d - 1e-9;
  const out = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (Math.abs(i / m - j / n) >= limit) out[j] = 1;
      else if (i === 0) out[j] = j === 0 ? 0 : out[j - 1]!;
      else if (j > 0) out[j] = (i * out[j]! + j * out[j - 1]!) / (i + j);
    }
  }
  return out[n]!;
}

export const ks: NumberComparison = {
  id: 'ks',
  version: 1,
  title: 'Kolmogorov–Smirnov test',
  formula:
    'D = max |F_c − F_r|; p exact up to a million pairs (conservative with ties), else the Kolmogorov limit at D √(mn/(m + n))',
  range: [0, 1],
  edges: 'Same: 0. Disjoint: 1. Constant on both sides at the same value: 0 with p = 1.',
  source: 'Hodges 1958; Kolmogorov 1933; scipy.stats.ks_2samp',
  accepts: 'numbers',
  compare: kolmogorovSmirnov,
};
