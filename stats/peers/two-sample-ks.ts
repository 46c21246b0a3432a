import { finiteKolmogorovTail } from '../distributions/finite-kolmogorov.ts';

/** Up to this size of the larger side SciPy computes the exact p-value. */
const EXACT_ROWS = 10_000;

export interface KsResult {
  /** The greatest gap between the two distribution functions. */
  readonly statistic: number;
  readonly p: number;
}

/**
 * The two-sided two-sample Kolmogorov–Smirnov test as SciPy's `ks_2samp` computes it: exact up to 10,000 rows, above it (or
 * when `asymptotic`) by the one-sample distribution at n = round(mn/(m + n)). Both sides need a value.
 */
export function twoSampleKs(reference: Float64Array, current: Float64Array, asymptotic = false): KsResult {
  const [m, n] = [reference.length, current.length];
  const divisor = greatestCommonDivisor(m, n);
  // The gap in units of 1 / lcm(m, n): whole numbers, so ties and rounding cannot move it.
  const gap = greatestGap(reference.toSorted(), current.toSorted(), n / divisor, m / divisor);
  const statistic = gap / ((m / divisor) * n);
  if (!asymptotic && Math.max(m, n) <= EXACT_ROWS)
    return { statistic, p: leavingProbability(gap, m, n, divisor) };
  const en = (Math.max(m, n) * Math.min(m, n)) / (m + n);
  return { statistic, p: finiteKolmogorovTail(roundHalfEven(en), statistic) };
}

function greatestGap(a: Float64Array, b: Float64Array, up: number, down: number): number {
  let [i, j, most] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const at = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && a[i] === at) i++;
    while (j < b.length && b[j] === at) j++;
    most = Math.max(most, Math.abs(i * up - j * down));
  }
  return most;
}

/**
 * The chance that a random path from (0, 0) to (m, n) reaches a gap of `gap`: the share of all orderings of m + n distinct
 * values that differ at least that much. Sums of positive terms only, so small probabilities keep their digits.
 */
function leavingProbability(gap: number, m: number, n: number, divisor: number): number {
  if (gap === 0) return 1;
  const [up, down] = [n / divisor, m / divisor];
  const left = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    // Beyond these columns every path has left already.
    const from = Math.max(0, Math.floor((i * up - gap) / down) + 1);
    const to = Math.min(n, Math.ceil((i * up + gap) / down) - 1);
    if (from > 0) left[from - 1] = 1;
    for (let j = from; j <= to; j++) {
      if (i === 0) left[j] = j === 0 ? 0 : left[j - 1]!;
      else if (j > 0) left[j] = (i * left[j]! + j * left[j - 1]!) / (i + j);
    }
    for (let j = to + 1; j <= Math.min(n, to + 2 + Math.ceil(up / down)); j++) left[j] = 1;
  }
  return left[n]!;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
