import { logGamma } from './gamma.ts';
import { betaQuantile, logBetaSplit } from './incomplete-beta.ts';
import { logNormalTail, normalQuantile } from './normal.ts';

/**
 * ln of the two-sided p-value P(|T| ≥ |t|) of Student's t with df > 0 degrees of freedom, exact far into the tail.
 * Source of the form for many degrees: Hill 1970, Algorithm 395.
 * @example Math.exp(logStudentTail(0, 5)) // 1
 */
export function logStudentTail(t: number, df: number): number {
  if (df > 1e5) return logManyDegrees(t, df);
  const ratio = (t / df) * t;
  if (ratio < 1e300) return logBetaSplit(df / 2, 0.5, 1 / (1 + ratio), ratio / (1 + ratio));
  // x = df / t² underflows: the first term of the series is all there is, x^(df/2) / (df/2 · B(df/2, ½)).
  const a = df / 2;
  const logBetaFunction = logGamma(a) + 0.5 * Math.log(Math.PI) - logGamma(a + 0.5);
  return a * (Math.log(df) - 2 * Math.log(Math.abs(t))) - Math.log(a) - logBetaFunction;
}

/** From a hundred thousand degrees on the beta function's fraction cancels; Hill's normal deviate is exact to 1e-13 there. */
function logManyDegrees(t: number, df: number): number {
  const a = df - 0.5;
  const b = 48 * a * a;
  const y = a * Math.log1p((t / df) * t);
  const rest = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b);
  return Math.LN2 + logNormalTail(((rest + y + 3) / b + 1) * Math.sqrt(y));
}

/**
 * The t ≥ 0 with P(|T| ≤ t) = confidence, for Student's t with df ≥ 1 degrees of freedom.
 * @example studentReach(0.95, 10) // 2.228138851964939
 */
export function studentReach(confidence: number, df: number): number {
  if (df > 1e6) {
    // First term of the Cornish–Fisher expansion; the next is of order 1 / df².
    const z = normalQuantile((1 + confidence) / 2);
    return z + (z ** 3 + z) / (4 * df);
  }
  const x = betaQuantile(df / 2, 0.5, 1 - confidence);
  return Math.sqrt((df * (1 - x)) / x);
}
