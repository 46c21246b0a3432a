import { logGamma } from './gamma.ts';

/**
 * P(D_n ≥ x) of the one-sample two-sided Kolmogorov statistic, by the same cases as SciPy's `kstwo.sf`: exact for small n and
 * in the tail, Durbin's matrix near zero, Pelz and Good's series between. n is a whole number > 0.
 * Source: Simard and L'Ecuyer 2011, Computing the two-sided Kolmogorov–Smirnov distribution.
 */
export function finiteKolmogorovTail(n: number, x: number): number {
  const t = n * x;
  if (x >= 1) return 0;
  if (t <= 0.5) return 1;
  if (t <= 1) return 1 - Math.exp(logGamma(n + 1) - n * Math.log(n) + n * Math.log(2 * t - 1));
  if (t >= n - 1) return 2 * (1 - x) ** n;
  if (x >= 0.5) return bounded(2 * oneSidedTail(n, x));
  const size = t * x;
  if (size >= 370) return 0;
  if (size >= (n <= 140 ? 4 : 2.2)) return bounded(2 * oneSidedTail(n, x));
  if (n <= 140 || (n <= 100_000 && n * x ** 1.5 <= 1.4)) return bounded(1 - durbinMatrix(n, x));
  return bounded(1 - pelzGood(n, x));
}

function bounded(p: number): number {
  return Math.max(0, Math.min(1, p));
}

/** P(D⁺_n ≥ x), Smirnov's sum. */
function oneSidedTail(n: number, x: number): number {
  const whole = logGamma(n + 1);
  let sum = 0;
  for (let v = 0; v <= Math.floor(n * (1 - x)); v++) {
    const rest = 1 - x - v / n;
    if (rest <= 0) continue;
    const ways = whole - logGamma(v + 1) - logGamma(n - v + 1);
    sum += Math.exp(ways + (v - 1) * Math.log(v / n + x) + (n - v) * Math.log(rest));
  }
  return x * sum;
}

type Matrix = readonly Float64Array[];

/** P(D_n < x) by the power of Durbin's matrix (Marsaglia, Tsang and Wang 2003), in scaled numbers. */
function durbinMatrix(n: number, x: number): number {
  const k = Math.ceil(n * x);
  const h = k - n * x;
  const m = 2 * k - 1;
  const reciprocal = Float64Array.from({ length: m + 1 }, (_, i) => Math.exp(-logGamma(i + 1)));
  const edge = Float64Array.from({ length: m }, (_, i) => (1 - h ** (i + 1)) * reciprocal[i + 1]!);
  edge[m - 1] = (1 + Math.max(2 * h - 1, 0) ** m - 2 * h ** m) * reciprocal[m]!;
  const step: Matrix = Array.from({ length: m }, (_, i) =>
    Float64Array.from({ length: m }, (_, j) => {
      if (i === m - 1) return edge[m - 1 - j]!;
      if (j === 0) return edge[i]!;
      return i - j + 1 < 0 ? 0 : reciprocal[i - j + 1]!;
    }),
  );
  const power = matrixPower(step, n, k - 1);
  // n! / nⁿ in logarithms: the factor is as small as the power is large.
  return Math.exp(power.log + logGamma(n + 1) - n * Math.log(n));
}

/** The logarithm of the k-th diagonal element of A^n. */
function matrixPower(base: Matrix, n: number, k: number): { readonly log: number } {
  let square = { matrix: base, log: 0 };
  let result: { matrix: Matrix; log: number } | null = null;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1)
      result = result
        ? scaled(product(result.matrix, square.matrix), k, result.log + square.log)
        : { ...square };
    if (rest > 1) square = scaled(product(square.matrix, square.matrix), k, 2 * square.log);
  }
  return { log: Math.log(result!.matrix[k]![k]!) + result!.log };
}

function scaled(matrix: Matrix, k: number, log: number): { matrix: Matrix; log: number } {
  const by = matrix[k]![k]!;
  return { matrix: matrix.map((row) => row.map((value) => value / by)), log: log + Math.log(by) };
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => {
    const out = new Float64Array(row.length);
    row.forEach((value, l) => {
      if (value !== 0)
        b[l]!.forEach((other, j) => {
          out[j]! += value * other;
        });
    });
    return out;
  });
}

/** P(D_n < x) by Pelz and Good's (1976) expansion in powers of 1/√n. */
function pelzGood(n: number, x: number): number {
  const z = Math.sqrt(n) * x;
  const p2 = Math.PI ** 2;
  const series = [0, 0, 0, 0];
  const terms = Math.ceil((16 * z) / Math.PI);
  for (let k = 1; k <= terms; k++) {
    const o = (2 * k - 1) ** 2;
    const weight = Math.exp((-p2 * o) / (8 * z * z));
    series[0]! += weight;
    series[1]! += weight * (-(z ** 2) + (p2 / 4) * o);
    series[2]! += weight * (6 * z ** 6 + 2 * z ** 4 + ((2 * z ** 4 - 5 * z ** 2) * p2 * o) / 4 + (p2 ** 2 * (1 - 2 * z ** 2) * o ** 2) / 16); // biome-ignore format: one polynomial
    series[3]! += weight * (-30 * z ** 6 - 90 * z ** 8 + (p2 * (135 * z ** 4 - 96 * z ** 6) * o) / 4 + (p2 ** 2 * (-60 * z ** 2 + 212 * z ** 4) * o ** 2) / 16 + (p2 ** 3 * (5 - 30 * z ** 2) * o ** 3) / 64); // biome-ignore format: one polynomial
  }
  const root = Math.sqrt(2 * Math.PI);
  const scale = [z, 6 * z ** 4, 72 * z ** 7, 6480 * z ** 10];
  const [k0, k1, k2, k3] = series.map((value, i) => (root * value) / scale[i]!) as [
    number,
    number,
    number,
    number,
  ];
  let second = 0;
  let third = 0;
  for (let k = 1; k <= terms; k++) {
    const weight = k * k * Math.exp((-p2 * k * k) / (2 * z * z));
    second += weight;
    third += weight * (3 * z * z - p2 * k * k);
  }
  const extra2 = (-second * p2 * root) / (36 * z ** 3);
  const extra3 = (third * p2 * root) / (216 * z ** 6);
  return k0 + k1 / Math.sqrt(n) + (k2 + extra2) / n + (k3 + extra3) / n ** 1.5;
}
