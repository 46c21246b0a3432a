import { binEdges, histogram, sturges } from './numpy-bins.ts';
import { outcome, type PeerOutcome, type PeerSample } from './peer.ts';
import { alignedCounts, integerColumn, numbers } from './values.ts';

/**
 * Evidently's Hellinger distance √(1 − Σ√(r c)). Numbers: bins of equal width by Sturges' rule over the distinct values of
 * both samples. Beside 0 the last digits of the sum decide: values below 1e-7 are rounding.
 */
export function evidentlyHellinger(reference: PeerSample, current: PeerSample): PeerOutcome {
  const overlap =
    reference instanceof Float64Array
      ? numericOverlap(reference, current)
      : categoricalOverlap(reference, current);
  return outcome(Math.sqrt(1 - Math.max(0, Math.min(1, overlap))));
}

function categoricalOverlap(reference: PeerSample, current: PeerSample): number {
  const { reference: r, current: c, m, n } = alignedCounts(reference, current);
  return r.reduce((sum, count, i) => sum + Math.sqrt((count / m) * (c[i]! / n)), 0);
}

function numericOverlap(reference: PeerSample, current: PeerSample): number {
  const [r, c] = [numbers(reference), numbers(current)];
  const distinct = Float64Array.from(new Set([...r, ...c]));
  const edges = binEdges(distinct, sturges, integerColumn(reference) && integerColumn(current));
  const [before, after] = [densities(r, edges), densities(c, edges)];
  const width = (edges.at(-1)! - edges[0]!) / (edges.length - 1);
  return before.reduce((sum, density, i) => sum + Math.sqrt(density * after[i]!) * width, 0);
}

function densities(x: Float64Array, edges: Float64Array): number[] {
  const counts = histogram(x, edges);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count, i) => count / (edges[i + 1]! - edges[i]!) / all);
}
