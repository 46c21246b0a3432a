/** ∫ |F_a − F_b|^power dx between two non-empty samples of finite numbers. */
export function gapBetween(a: Float64Array, b: Float64Array, power: 1 | 2): number {
  const [x, y] = [a.toSorted(), b.toSorted()];
  let [i, j, sum] = [0, 0, 0];
  let at = Math.min(x[0]!, y[0]!);
  while (i < x.length || j < y.length) {
    const next = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
    const gap = Math.abs(i / x.length - j / y.length);
    sum += (power === 1 ? gap : gap * gap) * (next - at);
    at = next;
    while (i < x.length && x[i] === at) i++;
    while (j < y.length && y[j] === at) j++;
  }
  return sum;
}

/** Wasserstein-1 distance of two non-empty samples, in their unit. */
export function wasserstein1(a: Float64Array, b: Float64Array): number {
  return gapBetween(a, b, 1);
}
