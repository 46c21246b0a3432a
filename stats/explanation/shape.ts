import { CELLS, type Grid, type GridCounts, gridEdge } from '../asinh-grid.ts';

/**
 * A distribution of numbers: places, ascending, and the share that lies at each; shares sum to 1, or to 0 when empty. Places
 * are in the column's unit.
 */
export interface Shape {
  readonly places: readonly number[];
  readonly shares: readonly number[];
}

export const NO_SHAPE: Shape = { places: [], shares: [] };

/** The distribution that counts on a grid stand for: each cell at its middle, held within the smallest and the largest value. */
export function shapeOf(
  counts: GridCounts,
  grid: Grid,
  range: { min: number | null; max: number | null },
): Shape {
  const low = range.min ?? Number.NEGATIVE_INFINITY;
  const high = range.max ?? Number.POSITIVE_INFINITY;
  return shaped(
    [...counts].map(([cell, n]) => [
      Math.min(high, Math.max(low, (gridEdge(cell, grid) + gridEdge(cell + 1, grid)) / 2)),
      n,
    ]),
  );
}

/** A distribution from weighted places in any order; equal places become one. `shaped([[2, 1], [1, 3]])` → places [1, 2], shares [0.75, 0.25] */
export function shaped(weighted: readonly (readonly [place: number, weight: number])[]): Shape {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  if (!(total > 0)) return NO_SHAPE;
  const places: number[] = [];
  const shares: number[] = [];
  for (const [place, weight] of weighted.toSorted((a, b) => a[0] - b[0])) {
    if (place === places.at(-1)) shares[shares.length - 1]! += weight / total;
    else {
      places.push(place);
      shares.push(weight / total);
    }
  }
  return { places, shares };
}

/** What the distribution becomes when each value is put through `map`. `mapped(shape, (x) => 100 * x)` */
export function mapped({ places, shares }: Shape, map: (x: number) => number): Shape {
  return shaped(places.map((place, i): [number, number] => [map(place), shares[i]!]));
}

/** A share of one distribution in another. `mixed(a, b, 0.25)` → three quarters of a, one of b */
export function mixed(a: Shape, b: Shape, share: number): Shape {
  if (share <= 0) return a;
  if (share >= 1) return b;
  return shaped([
    ...a.places.map((place, i): [number, number] => [place, (1 - share) * a.shares[i]!]),
    ...b.places.map((place, i): [number, number] => [place, share * b.shares[i]!]),
  ]);
}

/** The part of a distribution within two bounds, and what share of it that is. */
export function within(
  { places, shares }: Shape,
  low: number,
  high: number,
): { readonly shape: Shape; readonly share: number } {
  const inside = places.flatMap((place, i): [number, number][] =>
    place >= low && place <= high ? [[place, shares[i]!]] : [],
  );
  return { shape: shaped(inside), share: inside.reduce((sum, [, share]) => sum + share, 0) };
}

/** The smallest place with at least the share `p` at or below it; NaN for an empty shape. */
export function shapeQuantile({ places, shares }: Shape, p: number): number {
  let sum = 0;
  for (let i = 0; i < places.length; i++) {
    sum += shares[i]!;
    if (sum >= p - 1e-12) return places[i]!;
  }
  return places.at(-1) ?? Number.NaN;
}

/**
 * How far two distributions lie apart: Wasserstein-1 on the axis asinh((x − center) / scale), where one is a standard
 * deviation near the centre and a factor of e in the tails. 0 when both are the same, unbounded above; 0 when one is empty.
 * Source: the area between two cumulative distributions (Vallender 1974).
 */
export function shapeGap(a: Shape, b: Shape, { center, scale }: Grid): number {
  if (a.places.length === 0 || b.places.length === 0) return 0;
  const at = (x: number) => Math.asinh((x - center) / scale);
  let [i, j, left, area] = [0, 0, 0, 0];
  let place = at(Math.min(a.places[0]!, b.places[0]!));
  while (i < a.places.length || j < b.places.length) {
    const x = Math.min(a.places[i] ?? Number.POSITIVE_INFINITY, b.places[j] ?? Number.POSITIVE_INFINITY);
    area += Math.abs(left) * (at(x) - place);
    place = at(x);
    while (a.places[i] === x) left += a.shares[i++]!;
    while (b.places[j] === x) left -= b.shares[j++]!;
  }
  return area;
}

/** Cells are so wide on the axis of `shapeGap`: two distributions are told apart no finer. */
export const SHAPE_GRAIN = 1 / CELLS;

/** The share of `b` in `a` that comes nearest to `now`, to a thousandth, with the gap that is left: a convex function of the share. */
export function nearestMixture(
  a: Shape,
  b: Shape,
  now: Shape,
  grid: Grid,
): { readonly share: number; readonly gap: number } {
  if (a.places.length === 0 || b.places.length === 0 || now.places.length === 0) return { share: 0, gap: 0 };
  const { widths, heights } = stairs([a, b, now], grid);
  const [of, other, wanted] = heights as [Float64Array, Float64Array, Float64Array];
  const gapAt = (share: number) => {
    let gap = 0;
    for (let i = 0; i < widths.length; i++)
      gap += Math.abs((1 - share) * of[i]! + share * other[i]! - wanted[i]!) * widths[i]!;
    return gap;
  };
  let [low, high] = [0, 1];
  while (high - low > 0.001) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (gapAt(left) <= gapAt(right)) high = right;
    else low = left;
  }
  const share = [0, (low + high) / 2, 1].toSorted((x, y) => gapAt(x) - gapAt(y))[0]!;
  return { share, gap: gapAt(share) };
}

/** Cumulative distributions on the places of all of them, with the width of each step on the axis of `shapeGap`. */
function stairs(
  shapes: readonly Shape[],
  { center, scale }: Grid,
): { widths: Float64Array; heights: Float64Array[] } {
  const places = Float64Array.from(new Set(shapes.flatMap((shape) => shape.places))).sort();
  const axis = places.map((x) => Math.asinh((x - center) / scale));
  const heights = shapes.map(({ places: own, shares }) => {
    let [next, sum] = [0, 0];
    return places.map((place) => {
      while (next < own.length && own[next]! <= place) sum += shares[next++]!;
      return sum;
    });
  });
  return { widths: axis.map((x, i) => (axis[i + 1] ?? x) - x), heights };
}
