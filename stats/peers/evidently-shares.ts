import { binEdges, histogram, sturges } from './numpy-bins.ts';
import type { PeerColumnType, PeerSample } from './peer.ts';
import { alignedCounts, integerColumn, numbers } from './values.ts';

/** Above this many distinct reference values Evidently cuts a numeric column into bins. */
const VALUE_BINS = 20;
const ZERO_SHARE = 0.0001;

export interface SharePair {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/**
 * Shares as Evidently bins them: bins of equal width by Sturges' rule over both samples together, hence other bins for each
 * window; a bin per value for categories and for numbers of at most 20 values.
 */
export function evidentlyShares(reference: PeerSample, current: PeerSample, type: PeerColumnType): SharePair {
  if (type === 'numeric') {
    const [r, c] = [numbers(reference), numbers(current)];
    if (new Set(r).size > VALUE_BINS) {
      const all = Float64Array.from([...r, ...c]);
      const edges = binEdges(all, sturges, integerColumn(reference) && integerColumn(current));
      return {
        reference: histogram(r, edges).map((count) => count / r.length),
        current: histogram(c, edges).map((count) => count / c.length),
      };
    }
  }
  const { reference: r, current: c, m, n } = alignedCounts(reference, current);
  return { reference: r.map((count) => count / m), current: c.map((count) => count / n) };
}

/** Evidently's rule for empty bins: 0.0001, or a millionth of the smallest share where one is 0.0001 or less. Shares then exceed 1 in sum. */
export function fillZeros({ reference, current }: SharePair): SharePair {
  return { reference: filled(reference), current: filled(current) };
}

function filled(shares: readonly number[]): number[] {
  const least = Math.min(...shares.filter((share) => share > 0));
  const zero = least <= ZERO_SHARE ? least / 1e6 : ZERO_SHARE;
  return shares.map((share) => (share === 0 ? zero : share));
}
