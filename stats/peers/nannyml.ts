import { contingency } from './contingency.ts';
import { greatestChange, hellinger, jsDistanceBase2 } from './divergences.ts';
import { nannymlKs, nannymlWasserstein } from './nannyml-grid.ts';
import { binEdges, doane, histogram } from './numpy-bins.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTest, type PeerTool } from './peer.ts';
import { alignedCounts, categories, countValues, givenNumbers } from './values.ts';

type Compute = (reference: PeerSample, current: PeerSample) => PeerOutcome;
type Shares = (
  reference: PeerSample,
  current: PeerSample,
) => readonly [reference: number[], current: number[]];

/** Doane's bins over the reference, or a bin per category of it; what the reference has no bin for is one more bin. */
const frozenShares: Shares = (reference, current) => {
  const [r, c] = reference instanceof Float64Array ? binned(reference, current) : listed(reference, current);
  const left = 1 - c.reduce((sum, share) => sum + share, 0);
  return left > 0
    ? [
        [...r, 0],
        [...c, left],
      ]
    : [r, c];
};

const binned: Shares = (reference, current) => {
  const [r, c] = [givenNumbers(reference), givenNumbers(current)];
  const edges = binEdges(r, doane);
  return [
    histogram(r, edges).map((count) => count / r.length),
    histogram(c, edges).map((count) => count / c.length),
  ];
};

const listed: Shares = (reference, current) => {
  const [r, c] = [categories(reference), categories(current)];
  const [before, after] = [countValues(r), countValues(c)];
  const keys = [...before.keys()].sort();
  return [
    keys.map((key) => before.get(key)! / r.length),
    keys.map((key) => (after.get(key) ?? 0) / c.length),
  ];
};

/** An empty side has no number. */
function filledSides(compute: Compute): Compute {
  return (reference, current) =>
    categories(reference).length === 0 || categories(current).length === 0
      ? { reason: 'not_enough_data' }
      : compute(reference, current);
}

const NANNYML_CHUNKS = 10;

/** The rows in ten chunks of equal size; what is left over is one more. Fewer rows than ten: none. */
export function nannymlChunks<T extends PeerSample>(sample: T): T[] {
  const size = Math.floor(sample.length / NANNYML_CHUNKS);
  if (size === 0) return [];
  return Array.from(
    { length: Math.ceil(sample.length / size) },
    (_, i) => sample.slice(i * size, (i + 1) * size) as T,
  );
}

/**
 * NannyML's threshold: mean + 3 standard deviations (population) of what the reference's own chunks score against the whole
 * reference, those without a value left out; at or above `limit`, the limit. null: no chunk has a value.
 */
export function nannymlThreshold(compute: Compute, reference: PeerSample, limit = Infinity): number | null {
  const scores = nannymlChunks(reference)
    .map((chunk) => compute(reference, chunk))
    .flatMap((scored) => ('value' in scored ? [scored.value] : []));
  if (scores.length === 0) return null;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  return Math.min(limit, mean + 3 * Math.sqrt(variance));
}

function chunked(title: string, accepts: PeerTest['accepts'], raw: Compute, limit?: number): PeerTest {
  const compute = filledSides(raw);
  return {
    title,
    accepts,
    compute,
    threshold: (reference) => nannymlThreshold(compute, reference, limit),
    direction: '>',
  };
}

const both = ['numeric', 'categorical'] as const;

const chi2: Compute = (reference, current) => {
  const { reference: r, current: c } = alignedCounts(reference, current);
  return outcome(contingency(r, c).statistic);
};

const chi2P: Compute = (reference, current) => {
  const { reference: r, current: c } = alignedCounts(reference, current);
  return outcome(contingency(r, c).p);
};

/**
 * NannyML: distances from the whole reference, alarm above what the reference's ten chunks score; missing values are dropped,
 * infinite ones lie outside of the bins.
 */
export const nannyml: PeerTool = {
  id: 'nannyml',
  title: 'NannyML',
  version: '0.13.1',
  evidence: 'run',
  choose: () => 'jensen_shannon',
  tests: {
    jensen_shannon: chunked('Jensen–Shannon distance, base 2', both, (r, c) => outcome(jsDistanceBase2(...frozenShares(r, c)))), // biome-ignore format: a table
    hellinger: chunked('Hellinger distance', both, (r, c) => outcome(hellinger(...frozenShares(r, c)))),
    wasserstein: chunked('Wasserstein-1 distance', ['numeric'], nannymlWasserstein),
    kolmogorov_smirnov: chunked('Kolmogorov–Smirnov statistic', ['numeric'], nannymlKs, 1),
    l_infinity: chunked('Greatest change of a share', ['categorical'], (r, c) => {
      const counts = alignedCounts(r, c);
      return outcome(greatestChange(counts.reference, counts.current));
    }), // biome-ignore format: a table
    chi2: { title: 'χ² statistic; the alarm is chi2_p’s', accepts: ['categorical'], compute: filledSides(chi2), threshold: null, direction: '>' }, // biome-ignore format: a table
    chi2_p: { title: 'χ² p', accepts: ['categorical'], compute: filledSides(chi2P), threshold: 0.05, direction: '<' }, // biome-ignore format: a table
  },
};
