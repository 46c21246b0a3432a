import { hellinger, jsDistanceNat, stabilityIndex } from './divergences.ts';
import { evenEdges, extremes, histogram } from './numpy-bins.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTest, type PeerTool } from './peer.ts';
import { alignedCounts, categories, numbers } from './values.ts';

const BINS = 30;
/** Shares below this are raised to it. */
const LEAST_SHARE = 1e-7;

/** Shares of both sides: on thirty bins of equal width over both together, or a category each. */
function shares(reference: PeerSample, current: PeerSample): readonly [r: number[], c: number[]] {
  const clipped = (counts: readonly number[]): number[] => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => Math.max(LEAST_SHARE, count / all));
  };
  if (!(reference instanceof Float64Array)) {
    const counts = alignedCounts(reference, current);
    return [clipped(counts.reference), clipped(counts.current)];
  }
  const [r, c] = [numbers(reference), numbers(current)];
  const [low, high] = extremes(Float64Array.from([...r, ...c]));
  const edges = low === high ? evenEdges(low - 0.5, high + 0.5, BINS) : evenEdges(low, high, BINS);
  return [clipped(histogram(r, edges)), clipped(histogram(c, edges))];
}

function distance(title: string, compute: (r: readonly number[], c: readonly number[]) => number): PeerTest {
  return {
    title,
    accepts: ['numeric', 'categorical'],
    compute: (reference, current): PeerOutcome => {
      if (categories(reference).length === 0 || categories(current).length === 0)
        return { reason: 'not_enough_data' };
      const [r, c] = shares(reference, current);
      return outcome(compute(r, c));
    },
    threshold: 0.7,
    direction: '>',
  };
}

/**
 * The WhyLabs platform's symmetric drift measures, by their published rules. Its histograms come from KLL sketches, so that the
 * platform's own numbers lie about a per cent of rank beside these. Its Kullback–Leibler divergence is left out: which side comes first is not
 * stated.
 */
export const whylabs: PeerTool = {
  id: 'whylabs',
  title: 'WhyLabs',
  version: '2025-01',
  evidence: 'formula',
  choose: () => 'hellinger',
  tests: {
    hellinger: distance('Hellinger distance', hellinger),
    jensenshannon: distance('Jensen–Shannon distance, natural logarithm', jsDistanceNat),
    psi: distance('Population stability index', stabilityIndex),
  },
};
