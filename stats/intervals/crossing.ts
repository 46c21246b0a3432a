/** So near to the crossing, as a share of where the search ended, is near enough. */
const NEAR = 1e-10;
const MOST_STEPS = 100;

/**
 * Where a continuous function that is above 0 at `low` and below 0 at `high` crosses 0, within about 1e-10 of `high`: regula falsi,
 * the end that stays twice counting half (Illinois).
 * Source: Dowell and Jarratt 1971.
 * @example crossing((x) => 2 - x * x, 0, 2) // 1.41421356…
 */
export function crossing(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [above, below] = [f(a), f(b)];
  let [stayed, last]: ['a' | 'b' | null, number] = [null, Number.NaN];
  for (let step = 0; step < MOST_STEPS; step++) {
    const middle = (a * below - b * above) / (below - above);
    const found = f(middle);
    if (found === 0 || Math.abs(middle - last) <= NEAR * high) return middle;
    if (found > 0) {
      if (stayed === 'b') below /= 2;
      [a, above, stayed] = [middle, found, 'b'];
    } else {
      if (stayed === 'a') above /= 2;
      [b, below, stayed] = [middle, found, 'a'];
    }
    last = middle;
  }
  return b;
}
