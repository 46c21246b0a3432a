/**
 * ln |Γ(x)| for x > 0, relative error about 1e-15 (absolute near the zeros 1 and 2).
 * Stirling's series with the argument shifted above 12. Source: NIST DLMF 5.11.1, 5.5.1.
 * @throws RangeError when x is not positive.
 * @example logGamma(5) // 3.1780538303479458 = ln 24
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError('x must be positive');
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return logGammaNear1(x + 1) - Math.log(x);
  if (x <= 3) return logGammaNear1(x);
  if (x < 12) {
    // Down to [2, 3): a product of at most ten factors, then the series near 2.
    let product = 1;
    let y = x;
    while (y > 3) {
      y -= 1;
      product *= y;
    }
    return Math.log(product) + logGammaNear1(y);
  }
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}

/**
 * ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π], Stirling's correction, for x ≥ 10; at most 1/(12x).
 * Differences of large ln Γ are computed from it without cancellation.
 */
export function stirlingError(x: number): number {
  const w = 1 / (x * x);
  let sum = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) sum = sum * w + STIRLING[i]!;
  return sum / x;
}

/** ln Γ(x) for 0.5 ≤ x ≤ 3 by the Taylor series at 1 or 2, exact at both zeros. */
function logGammaNear1(x: number): number {
  if (x < 1.5) {
    // ln Γ(1+t) = −ln(1+t) + t(1−γ) + Σ_{k≥2} (−1)^k (ζ(k)−1) t^k / k
    const t = x - 1;
    return -Math.log1p(t) + series(t);
  }
  if (x <= 2.5) return series(x - 2);
  return Math.log(x - 1) + series(x - 3);
}

/** ln Γ(2+t) = (1−γ)t + Σ_{k≥2} (−1)^k (ζ(k)−1) t^k / k, |t| ≤ ½ (DLMF 5.7.3). */
function series(t: number): number {
  let sum = 0;
  for (let k = 40; k >= 2; k--) {
    sum = sum * -t + ZETA_MINUS_1[k - 2]! / k;
  }
  return (1 - EULER_GAMMA) * t + sum * t * t;
}

const EULER_GAMMA = 0.5772156649015329;
const HALF_LOG_TWO_PI = 0.9189385332046727;
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
];

/** ζ(k) − 1 for k = 2…40. */
const ZETA_MINUS_1 = [
  0.6449340668482264, 0.20205690315959424, 0.08232323371113814, 0.03692775514336999, 0.017343061984449237,
  0.008349277381922926, 0.0040773561979443596, 0.002008392826082117, 0.000994575127817976,
  0.0004941886041194277, 0.00024608655330804474, 0.00012271334757851804, 6.124813505881122e-5,
  3.058823630697205e-5, 1.5282259408611054e-5, 7.637197637855309e-6, 3.8172932650404334e-6,
  1.908212716505986e-6, 9.53962033811706e-7, 4.769329868814509e-7, 2.384505026764572e-7,
  1.1921992593144637e-7, 5.960818905137444e-8, 2.980350344294891e-8, 1.4901554878932188e-8,
  7.450711825285339e-9, 3.725334041249084e-9, 1.862659804174882e-9, 9.313274595967869e-10,
  4.656628416199737e-10, 2.328310877430795e-10, 1.1641554387153974e-10, 5.820766091346741e-11,
  2.9103830456733704e-11, 1.4551915228366852e-11, 7.275957614183426e-12, 3.637978807091713e-12,
  1.8189894035458565e-12, 9.094947017729282e-13,
];
