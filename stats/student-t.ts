import { betaQuantile, logBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

/**
 * ln of the two-sided p-value P(|T| ≥ |t|) of Student's t with df > 0 degrees of freedom, exact far into the tail.
 * @example Math.exp(logStudentTail(0, 5)) // 1
 */
export function logStudentTail(t: number, df: number): number {
  return logBeta(df / 2, 0.5, df / (df + t * t));
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
