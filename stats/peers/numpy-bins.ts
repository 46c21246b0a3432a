import { meanAndVariance } from './values.ts';

/** How wide a bin is to be, by a rule of thumb; 0: one bin. */
export type BinRule = (x: Float64Array, span: number) => number;

/** Sturges: log₂ n + 1 bins. */
export const sturges: BinRule = (x, span) => span / (Math.log2(x.length) + 1);

/** Doane: Sturges with more bins for skewed data. */
export const doane: BinRule = (x, span) => {
  const n = x.length;
  if (n <= 2) return 0;
  const { mean, variance } = meanAndVariance(x);
  const sigma = Math.sqrt(variance);
  if (!(sigma > 0)) return 0;
  const skewness = x.reduce((sum, value) => sum + ((value - mean) / sigma) ** 3, 0) / n;
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return span / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / spread));
};

/**
 * Equal-width edges over the sample, as NumPy's `histogram_bin_edges` lays them. `whole`: the values are of an integer
 * type, where NumPy 2 makes no bin narrower than 1. A constant sample has one bin of width 1 around it, an empty one [0, 1].
 */
export function binEdges(x: Float64Array, rule: BinRule, whole = false): Float64Array {
  const [low, high] = extremes(x);
  if (x.length === 0) return Float64Array.of(low, high);
  const span = high - low;
  const ruled = rule(x, span);
  const width = whole && ruled < 1 ? 1 : ruled;
  const [first, last] = span === 0 ? [low - 0.5, high + 0.5] : [low, high];
  return evenEdges(first, last, width > 0 ? Math.max(1, Math.ceil((last - first) / width)) : 1);
}

/** Edges of `bins` bins of equal width from `first` to `last`. */
export function evenEdges(first: number, last: number, bins: number): Float64Array {
  const step = (last - first) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i * step + first);
  edges[bins] = last;
  return edges;
}

/** Least and greatest; 0 and 1 of an empty sample. */
export function extremes(x: Float64Array): [low: number, high: number] {
  if (x.length === 0) return [0, 1];
  let low = Infinity;
  let high = -Infinity;
  for (const value of x) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Counts between ascending edges: each bin holds its lower edge, the last one its upper edge too. Values outside are not counted. */
export function histogram(x: Float64Array, edges: Float64Array): number[] {
  const bins = edges.length - 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of x) {
    if (!(value >= edges[0]! && value <= edges[bins]!)) continue;
    let low = 0;
    let high = bins;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (value >= edges[middle]!) low = middle;
      else high = middle;
    }
    counts[low]! += 1;
  }
  return counts;
}
