import { logGamma, stirlingError } from './gamma.ts';

/**
 * ln Q(a, x), the log of the regularised upper incomplete gamma function, a > 0, x ≥ 0: the log p-value of χ² (Q(ν/2, χ²/2)).
 * Exact far beyond where Q itself underflows; relative error about 1e-12.
 * Series below x = a + 1, Lentz's continued fraction above (DLMF 8.7.1, 8.9.2).
 * @throws RangeError for a ≤ 0 or x < 0.
 * @example logGammaQ(1, 2) // -2
 */
export function logGammaQ(a: number, x: number): number {
  check(a, x);
  if (x === 0) return 0;
  if (x === Infinity) return -Infinity;
  return x < a + 1 ? log1mExp(logSeries(a, x)) : logFraction(a, x);
}

/**
 * ln P(a, x), the log of the regularised lower incomplete gamma function; as `logGammaQ`.
 * @example logGammaP(1, 2) // Math.log(1 - Math.exp(-2))
 */
export function logGammaP(a: number, x: number): number {
  check(a, x);
  if (x === 0) return -Infinity;
  if (x === Infinity) return 0;
  return x < a + 1 ? logSeries(a, x) : log1mExp(logFraction(a, x));
}

/** P(a, x) in [0, 1]. */
export function gammaP(a: number, x: number): number {
  return Math.exp(logGammaP(a, x));
}

/** Q(a, x) = 1 − P(a, x) in [0, 1]. */
export function gammaQ(a: number, x: number): number {
  return Math.exp(logGammaQ(a, x));
}

/** ln(1 − e^y) for y ≤ 0, without cancellation at either end. */
export function log1mExp(y: number): number {
  return y > -Math.LN2 ? Math.log(-Math.expm1(y)) : Math.log1p(-Math.exp(y));
}

function check(a: number, x: number): void {
  if (!(a > 0) || !(x >= 0)) throw new RangeError('needs a > 0 and x ≥ 0');
}

/** ln of x^a e^−x / Γ(a+1), for large a through Stirling's correction so that the large terms never meet. */
export function logPoissonTerm(a: number, x: number): number {
  if (a < 10) return a * Math.log(x) - x - logGamma(a + 1);
  return -stirlingError(a) - a * deviance(x / a) - 0.5 * Math.log(2 * Math.PI * a);
}

/**
 * r − 1 − ln r ≥ 0, by its series near 1. Give d = r − 1 where it is known better than the subtraction would tell.
 * @example deviance(1) // 0
 */
export function deviance(r: number, d = r - 1): number {
  if (Math.abs(d) > 0.1) return d - Math.log(r);
  // −ln(1+d) + d = Σ_{k≥2} (−d)^k / k
  let power = d * d;
  let sum = 0;
  for (let k = 2; k < 40; k++) {
    sum += power / k;
    power *= -d;
    if (Math.abs(power) < 1e-18 * sum) break;
  }
  return sum;
}

function logSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 1e7 && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return logPoissonTerm(a, x) + Math.log(sum);
}

function logFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / (b === 0 ? tiny : b);
  let fraction = d;
  for (let i = 1; i < 1e6; i++) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    d = 1 / (d === 0 ? tiny : d);
    c = b + an / c;
    if (c === 0) c = tiny;
    const delta = c * d;
    fraction *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return logPoissonTerm(a, x) + Math.log(a) + Math.log(fraction);
}
