/** A lower and an upper bound. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share, for a normal quantile z; the whole of [0, 1] without trials.
 * Source: Wilson 1927. `wilsonBounds(5, 100, 1.96)` → { low: 0.0215…, high: 0.1118… }
 */
export function wilsonBounds(hits: number, n: number, z: number): Bounds {
  if (n <= 0) return { low: 0, high: 1 };
  const p = hits / n;
  const z2 = (z * z) / n;
  const middle = (p + z2 / 2) / (1 + z2);
  const half = (z / (1 + z2)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n));
  return {
    low: hits <= 0 ? 0 : Math.max(0, middle - half),
    high: hits >= n ? 1 : Math.min(1, middle + half),
  };
}

/**
 * Newcombe's hybrid score interval of the difference of two shares, current − reference.
 * Source: Newcombe 1998, method 10. `differenceBounds(56, 70, 48, 80, 1.96)` → { low: 0.0524…, high: 0.3339… }
 */
export function differenceBounds(
  hits: number,
  n: number,
  referenceHits: number,
  referenceN: number,
  z: number,
): Bounds {
  if (n <= 0 || referenceN <= 0) return { low: -1, high: 1 };
  const current = wilsonBounds(hits, n, z);
  const reference = wilsonBounds(referenceHits, referenceN, z);
  const p = hits / n;
  const r = referenceHits / referenceN;
  return {
    low: p - r - Math.hypot(p - current.low, reference.high - r),
    high: p - r + Math.hypot(current.high - p, r - reference.low),
  };
}

/**
 * Interval of a Poisson mean from one count; relative error under 1 % for counts from 1.
 * Source: Byar's approximation, Breslow & Day 1987. `poissonBounds(10, 1.96)` → { low: 4.79…, high: 18.39… }
 */
export function poissonBounds(count: number, z: number): Bounds {
  const cube = (x: number, sign: number) => x * (1 - 1 / (9 * x) + (sign * z) / (3 * Math.sqrt(x))) ** 3;
  return { low: count <= 0 ? 0 : Math.max(0, cube(count, -1)), high: cube(count + 1, 1) };
}

/**
 * Ranks (0 to 1) between which the true quantile p lies, from the binomial spread of a sample of n.
 * `rankBounds(0.5, 10_000, 1.96)` → { low: 0.4902, high: 0.5098 }
 */
export function rankBounds(p: number, n: number, z: number): Bounds {
  const half = z * Math.sqrt((p * (1 - p)) / Math.max(1, n));
  return { low: Math.max(0, p - half), high: Math.min(1, p + half) };
}
