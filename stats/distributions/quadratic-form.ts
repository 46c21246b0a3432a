/**
 * ln P(Q ≥ x) for Q = Σ λ_j Z_j² with λ_j > 0 simple and falling, Z_j independent standard normal: the limit laws of
 * Cramér–von Mises and Anderson–Darling. Smirnov's alternating integrals over the intervals (1/λ₁, 1/λ₂), (1/λ₃, 1/λ₄) …,
 * by Gauss–Chebyshev nodes, which take the singular ends exactly; where only the first end counts, by the trapezoidal rule in
 * √(y − 1/λ₁). Relative error of the probability below 1e-10, also where it underflows.
 * Source: Smirnov 1937; Martynov 1975.
 * @param pole 1/λ_j for j = 1, 2, …
 * @param determinant Π (1 − y λ_j)
 */
export function logQuadraticFormTail(
  x: number,
  pole: (j: number) => number,
  determinant: (y: number) => number,
): number {
  const [first, second] = [pole(1), pole(2)];
  // All parts are taken relative to exp(−x/2λ₁).
  if (x * (second - first) > 400)
    return (-x / 2) * first + Math.log(nearFirst(x, first, second, determinant));
  let tail = 0;
  for (let k = 1; k <= 400; k++) {
    const part = between(x, pole(2 * k - 1), pole(2 * k), first, determinant);
    tail += k % 2 === 1 ? part : -part;
    if (part < 1e-17 * Math.abs(tail)) break;
  }
  return Math.min(0, (-x / 2) * first + Math.log(Math.max(0, tail)));
}

/** (1/π) ∫ exp(−x(y − first)/2) / (y √|determinant|) dy between two poles. */
function between(
  x: number,
  from: number,
  to: number,
  first: number,
  determinant: (y: number) => number,
): number {
  const nodes = 96;
  let sum = 0;
  for (let i = 1; i <= nodes; i++) {
    const at = Math.cos(((2 * i - 1) * Math.PI) / (2 * nodes));
    const y = (from + to) / 2 + ((to - from) / 2) * at;
    sum +=
      (Math.exp((-x * (y - first)) / 2) / y) * Math.sqrt(((y - from) * (to - y)) / Math.abs(determinant(y)));
  }
  return sum / nodes;
}

/** As `between` for the first interval when x is so large that all mass lies at its lower end: y = first + 2u²/x. */
function nearFirst(x: number, first: number, second: number, determinant: (y: number) => number): number {
  const step = 0.25;
  // The determinant and y − first vanish together: their ratio is taken where neither has lost its digits, and is smooth.
  const smooth = (u: number): number => {
    const gap = Math.max((2 * u * u) / x, 1e-9 * (second - first));
    const y = first + gap;
    return Math.sqrt(gap / Math.abs(determinant(y))) / y;
  };
  let sum = 0;
  // Midpoints, so that no node lies on the end itself.
  for (let u = step / 2; u < 7; u += step) sum += Math.exp(-u * u) * smooth(u);
  return (2 / Math.PI) * Math.sqrt(2 / x) * step * sum;
}
