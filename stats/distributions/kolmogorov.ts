/**
 * ln P(K ≥ x) for Kolmogorov's limit distribution, relative error about 1e-14, exact far into the tail.
 * Source: Kolmogorov 1933; the theta-function form below 1.
 * @example Math.exp(logKolmogorovTail(1.3580986393225505)) // 0.05
 */
export function logKolmogorovTail(x: number): number {
  if (x <= 0.04) return 0;
  if (x < 1) {
    let below = 0;
    for (let k = 1; k <= 9; k += 2) below += Math.exp(-(k * k * Math.PI * Math.PI) / (8 * x * x));
    return Math.log1p(-Math.min(1, (Math.sqrt(2 * Math.PI) / x) * below));
  }
  let rest = 0;
  for (let k = 2; k <= 6; k++) rest += (k % 2 === 0 ? -1 : 1) * Math.exp(-2 * (k * k - 1) * x * x);
  return Math.LN2 - 2 * x * x + Math.log1p(rest);
}
