import { cramerVonMisesTest } from '../comparisons/cramer-von-mises.ts';
import { logGamma } from '../distributions/gamma.ts';
import { sampleOf } from '../sample.ts';
import { outcome, type PeerOutcome } from './peer.ts';

/** Up to this size of the larger side p is exact. */
const EXACT_ROWS = 20;
/** Where the series of the limit distribution is cut off: p is no more exact than that. */
const LAST_TERM = 1e-7;

/**
 * p of the two-sample Cramér–von Mises test as Evidently computes it: exact up to 20 rows a side, else from the limit
 * distribution's series, cut at 1e-7. The exact p is ours: theirs runs in 32-bit numbers (about 1e-7 apart), and fails
 * (`refused`) where the sample is so small that its sums fit an integer type; older SciPy, as Alibi Detect has it, does not.
 */
export function cramerVonMisesP(reference: Float64Array, current: Float64Array, refuses = true): PeerOutcome {
  const result = cramerVonMisesTest(sampleOf(reference), sampleOf(current));
  if (!('value' in result)) return { reason: 'not_enough_data' };
  const [m, n] = [reference.length, current.length];
  const all = m + n;
  if (Math.max(m, n) <= EXACT_ROWS) {
    const { p, narrow } = exactTail(result.value, m, n);
    return refuses && narrow ? { reason: 'refused' } : outcome(p);
  }
  const mean = (1 + 1 / all) / 6;
  const variance =
    ((all + 1) * (4 * m * n * all - 3 * (m * m + n * n) - 2 * m * n)) / (45 * all * all * 4 * m * n);
  const standard = 1 / 6 + (result.value - mean) / Math.sqrt(45 * variance);
  return outcome(standard < 0.003 ? 1 : Math.max(0, 1 - limitCdf(standard)));
}

/** P(W² ≤ x) of the limit distribution. Source: Csörgő and Faraway 1996, equation 1.2. */
function limitCdf(x: number): number {
  let sum = 0;
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    const front = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    const term = front * Math.sqrt(y) * Math.exp(-2 * q) * scaledBessel(0.25, q);
    sum += term;
    if (Math.abs(term) < LAST_TERM) return sum;
  }
}

/** e^x K_ν(x), x > 0: the trapezoid rule on ∫ exp(−x (cosh t − 1)) cosh(νt) dt, exact to double precision at this step. */
function scaledBessel(order: number, x: number): number {
  const step = 0.1;
  let sum = 0.5;
  for (let t = step; ; t += step) {
    const term = Math.exp(-x * (Math.cosh(t) - 1)) * Math.cosh(order * t);
    sum += term;
    if (term < 1e-20) return sum * step;
  }
}

/**
 * P(T ≥ t) over all orderings: how many paths reach each value of Σ (a v − b u)², with a, b the steps in units of the least
 * common multiple; `narrow`: sums too small for the integer type that Evidently's SciPy picks. Source: Xiao, Gordon and Yakovlev 2006.
 */
function exactTail(
  statistic: number,
  m: number,
  n: number,
): { readonly p: number; readonly narrow: boolean } {
  // T = U / (mn(m + n)) − (4mn − 1) / (6(m + n)); U is whole or a half with midranks.
  const u = Math.round(2 * (statistic + (4 * m * n - 1) / (6 * (m + n))) * m * n * (m + n)) / 2;
  const lcm = (m * n) / divisor(m, n);
  const [a, b] = [lcm / m, lcm / n];
  const bound = Math.floor((lcm ** 2 * (m + n) * (6 * u - m * n * (4 * m * n - 1))) / (6 * (m * n) ** 2));
  let row: Map<number, number>[] = [];
  for (let i = 0; i <= n; i++) {
    const next: Map<number, number>[] = [];
    for (let j = 0; j <= m; j++) {
      const here = new Map<number, number>();
      if (i === 0 && j === 0) here.set(0, 1);
      const step = (a * j - b * i) ** 2;
      for (const from of [i > 0 ? row[j] : undefined, next[j - 1]]) {
        for (const [value, ways] of from ?? []) here.set(value + step, (here.get(value + step) ?? 0) + ways);
      }
      next.push(here);
    }
    row = next;
  }
  let [extreme, all] = [0, 0];
  for (const [value, ways] of row[m]!) {
    all += ways;
    if (value >= bound) extreme += ways;
  }
  return { p: extreme / all, narrow: lcm ** 2 * (m + n) >= all };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
