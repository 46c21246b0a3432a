import { evenEdges, extremes, histogram } from './numpy-bins.ts';
import { outcome, type PeerOutcome, type PeerSample } from './peer.ts';
import { wasserstein1 } from './transport.ts';
import { twoSampleKs } from './two-sample-ks.ts';
import { givenNumbers } from './values.ts';

/** From this many reference rows on, NannyML replaces the reference by 10,000 bins of equal width. */
const GRID_ROWS = 10_000;
const GRID_BINS = 10_000;

/** The Kolmogorov–Smirnov statistic: exact below 10,000 reference rows, on the edges of 10,000 bins above. */
export function nannymlKs(reference: PeerSample, current: PeerSample): PeerOutcome {
  const [r, c] = [givenNumbers(reference), givenNumbers(current)];
  if (r.length < GRID_ROWS) return outcome(twoSampleKs(r, c, true).statistic);
  const grid = gridOf(r);
  const below = c.filter((x) => x < grid[0]!).length / c.length;
  const [before, after] = [cumulative(r, grid), cumulative(c, grid)];
  return outcome(before.reduce((most, share, i) => Math.max(most, Math.abs(share - (below + after[i]!))), 0));
}

/**
 * Wasserstein-1: exact below 10,000 reference rows; above, on 10,000 bins, with the tails outside of the reference's range added
 * as NannyML does: each tail has the range's end as one value more, and counts that value in its weight.
 */
export function nannymlWasserstein(reference: PeerSample, current: PeerSample): PeerOutcome {
  const [r, c] = [givenNumbers(reference), givenNumbers(current)];
  if (r.length < GRID_ROWS) return outcome(wasserstein1(r, c));
  const grid = gridOf(r);
  const [low, high] = [grid[0]!, grid.at(-1)!];
  const left = tail(
    c.filter((x) => x < low),
    low,
    c.length,
  );
  const right = tail(
    c.filter((x) => x > high),
    high,
    c.length,
  );
  const [before, after] = [cumulative(r, grid), cumulative(c, grid)];
  const width = grid[1]! - low;
  const within = before.reduce(
    (sum, share, i) => sum + Math.abs(share - (after[i]! + left.share)) * width,
    0,
  );
  return outcome(within + left.cost + right.cost);
}

/** Mass beyond one end of the range and what it costs to carry it there: the mean distance over the tail and the end itself. */
function tail(
  beyond: Float64Array,
  end: number,
  n: number,
): { readonly share: number; readonly cost: number } {
  if (beyond.length === 0) return { share: 0, cost: 0 };
  const share = (beyond.length + 1) / n;
  const distance = beyond.reduce((sum, x) => sum + Math.abs(x - end), 0) / (beyond.length + 1);
  return { share, cost: distance * share };
}

function gridOf(x: Float64Array): Float64Array {
  const [low, high] = extremes(x);
  return low === high ? evenEdges(low - 0.5, high + 0.5, GRID_BINS) : evenEdges(low, high, GRID_BINS);
}

function cumulative(x: Float64Array, edges: Float64Array): number[] {
  let sum = 0;
  return histogram(x, edges).map((count) => (sum += count / x.length));
}
