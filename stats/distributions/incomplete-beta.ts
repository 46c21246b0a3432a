import { logGamma, stirlingError } from './gamma.ts';
import { deviance, log1mExp } from './incomplete-gamma.ts';

/**
 * ln I_x(a, b), the log of the regularised incomplete beta function, a, b > 0, 0 ≤ x ≤ 1: tails of Student's t, F and
 * the binomial. Relative error about 1e-12, far beyond where I itself underflows.
 * Continued fraction DLMF 8.17.22 (Lentz), on the side where it converges fast.
 * @throws RangeError outside the domain.
 * @example logBeta(1, 1, 0.25) // Math.log(0.25)
 */
export function logBeta(a: number, b: number, x: number): number {
  return logBetaSplit(a, b, x, 1 - x);
}

/** As `logBeta`, with 1 − x given beside x, for x so close to 1 that the difference would be lost. */
export function logBetaSplit(a: number, b: number, x: number, y: number): number {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) throw new RangeError('needs a, b > 0 and x in [0, 1]');
  if (x === 0) return -Infinity;
  if (y === 0) return 0;
  const front = logFront(a, b, x, y);
  if (x <= (a + 1) / (a + b + 2)) return front - Math.log(a) + Math.log(fraction(a, b, x));
  return log1mExp(Math.min(0, front - Math.log(b) + Math.log(fraction(b, a, y))));
}

/** I_x(a, b) in [0, 1]. */
export function beta(a: number, b: number, x: number): number {
  return Math.exp(logBeta(a, b, x));
}

/**
 * The x with I_x(a, b) = p, by bisection, to full double precision.
 * @example betaQuantile(1, 1, 0.3) // 0.3
 */
export function betaQuantile(a: number, b: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  const target = Math.log(p);
  let low = 0;
  let high = 1;
  for (let i = 0; i < 1100; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (logBeta(a, b, middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** ln of x^a y^b / B(a, b); for large a and b through Stirling's correction. */
function logFront(a: number, b: number, x: number, y: number): number {
  if (a < 10 || b < 10) {
    return a * logOf(x, y) + b * logOf(y, x) + logInverseBeta(a, b);
  }
  const n = a + b;
  // Saddle point: a·D(nx/a) + b·D(ny/b) with D(r) = r − 1 − ln r is the whole exponent.
  return (
    -a * deviance((n * x) / a) -
    b * deviance((n * y) / b) +
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) +
    0.5 * Math.log((a * b) / (2 * Math.PI * n))
  );
}

/** ln x for x = 1 − y: near 1 it is y that has the digits. */
function logOf(x: number, y: number): number {
  return x > 0.5 ? Math.log1p(-y) : Math.log(x);
}

/** −ln B(a, b). With one small and one large argument, Γ(large) ratios go through Stirling's correction. */
function logInverseBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 10) return logGamma(a + b) - logGamma(a) - logGamma(b);
  const n = small + large;
  return (
    (large - 0.5) * Math.log1p(small / large) +
    small * (Math.log(n) - 1) +
    stirlingError(n) -
    stirlingError(large) -
    logGamma(small)
  );
}

function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let value = d;
  for (let m = 1; m < 1e6; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = 1 + even / c;
    if (Math.abs(c) < tiny) c = tiny;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = 1 + odd / c;
    if (Math.abs(c) < tiny) c = tiny;
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return value;
}
