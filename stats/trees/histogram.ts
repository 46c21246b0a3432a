import { BINS } from './feature.ts';

/** Numbers per bin: sum of gradients, sum of hessians, rows. */
export const STRIDE = 3;

/** Gradients and hessians of a loss at the current scores, one each per training row. */
export interface Gradients {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Sums per feature and bin over some rows: place (feature · 64 + bin) · 3. */
export type Histogram = Float64Array;

/** Adds up the rows `rows[start…end)`. */
export function histogram(
  columns: readonly Uint8Array[],
  { gradient, hessian }: Gradients,
  rows: Int32Array,
  start: number,
  end: number,
): Histogram {
  const sums = new Float64Array(columns.length * BINS * STRIDE);
  const n = end - start;
  // Gathered once, read once per feature.
  const g = new Float64Array(n);
  const h = new Float64Array(n);
  const held = rows.subarray(start, end);
  for (let i = 0; i < n; i++) {
    g[i] = gradient[held[i]!]!;
    h[i] = hessian[held[i]!]!;
  }
  for (let f = 0; f < columns.length; f++) {
    const column = columns[f]!;
    const base = f * BINS;
    for (let i = 0; i < n; i++) {
      const at = (base + column[held[i]!]!) * STRIDE;
      sums[at]! += g[i]!;
      sums[at + 1]! += h[i]!;
      sums[at + 2]! += 1;
    }
  }
  return sums;
}

/** The sibling's histogram: parent − child, in the parent's memory. */
export function subtractInto(parent: Histogram, child: Histogram): Histogram {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
  return parent;
}
