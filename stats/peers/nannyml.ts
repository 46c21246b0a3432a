import { contingency } from './contingency.ts';
import { greatestChange, hellinger, jsDistanceBase2 } from './divergences.ts';
import { nannymlKs, nannymlWasserstein } from './nannyml-grid.ts';
import { binEdges, doane, histogram } from './numpy-bins.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTest, type PeerTool } from './peer.ts';
import { type AlignedCounts, alignedCounts, categories, countValues, givenNumbers } from './values.ts';

/** What a current sample scores against a reference that is fitted once. */
export type NannymlScore = (current: PeerSample) => PeerOutcome;
type Fit = (reference: PeerSample) => NannymlScore;
type Distance = (reference: readonly number[], current: readonly number[]) => number;

/** Doane's bins over the reference, or a bin per category of it; what the reference has no bin for is one more bin. */
const frozen =
  (distance: Distance): Fit =>
  (reference) => {
    const { shares, count } = reference instanceof Float64Array ? binned(reference) : listed(reference);
    return (current) => {
      const c = count(current);
      const left = 1 - c.reduce((sum, share) => sum + share, 0);
      return outcome(left > 0 ? distance([...shares, 0], [...c, left]) : distance(shares, c));
    };
  };

function binned(reference: PeerSample) {
  const r = givenNumbers(reference);
  const edges = binEdges(r, doane);
  const sharesOf = (x: Float64Array) => histogram(x, edges).map((count) => count / x.length);
  return { shares: sharesOf(r), count: (current: PeerSample) => sharesOf(givenNumbers(current)) };
}

function listed(reference: PeerSample) {
  const keys = [...countValues(categories(reference)).keys()].sort();
  const sharesOf = (sample: PeerSample) => {
    const values = categories(sample);
    const counts = countValues(values);
    return keys.map((key) => (counts.get(key) ?? 0) / values.length);
  };
  return { shares: sharesOf(reference), count: sharesOf };
}

/** A method without anything to prepare. */
const direct =
  (compute: (reference: PeerSample, current: PeerSample) => PeerOutcome): Fit =>
  (reference) =>
  (current) =>
    compute(reference, current);

/** An empty side has no number. */
const filledSides =
  (method: Fit): Fit =>
  (reference) => {
    if (!hasValues(reference)) return () => ({ reason: 'not_enough_data' });
    const score = method(reference);
    return (current) => (hasValues(current) ? score(current) : { reason: 'not_enough_data' });
  };

function hasValues(sample: PeerSample): boolean {
  return sample instanceof Float64Array
    ? sample.some((x) => !Number.isNaN(x))
    : sample.some((value) => value !== null);
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
export function nannymlThreshold(
  score: NannymlScore,
  reference: PeerSample,
  limit = Infinity,
): number | null {
  const scores = nannymlChunks(reference)
    .map(score)
    .flatMap((scored) => ('value' in scored ? [scored.value] : []));
  if (scores.length === 0) return null;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  return Math.min(limit, mean + 3 * Math.sqrt(variance));
}

function chunked(title: string, accepts: PeerTest['accepts'], raw: Fit, limit?: number): PeerTest {
  const fitted = filledSides(raw);
  return {
    title,
    accepts,
    compute: (reference, current) => fitted(reference)(current),
    threshold: (reference) => nannymlThreshold(fitted(reference), reference, limit),
    direction: '>',
  };
}

/** NannyML's default for columns of both types, fitted once for many chunks. */
export const nannymlJensenShannon: Fit = filledSides(frozen(jsDistanceBase2));

const both = ['numeric', 'categorical'] as const;

function onCounts(compute: (counts: AlignedCounts) => number) {
  return direct((reference, current) => outcome(compute(alignedCounts(reference, current))));
}

const chi2 = filledSides(onCounts(({ reference, current }) => contingency(reference, current).statistic));
const chi2P = filledSides(onCounts(({ reference, current }) => contingency(reference, current).p));

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
    jensen_shannon: chunked('Jensen–Shannon distance, base 2', both, frozen(jsDistanceBase2)),
    hellinger: chunked('Hellinger distance', both, frozen(hellinger)),
    wasserstein: chunked('Wasserstein-1 distance', ['numeric'], direct(nannymlWasserstein)),
    kolmogorov_smirnov: chunked('Kolmogorov–Smirnov statistic', ['numeric'], direct(nannymlKs), 1),
    l_infinity: chunked(
      'Greatest change of a share',
      ['categorical'],
      onCounts(({ reference, current }) => greatestChange(reference, current)),
    ),
    chi2: {
      title: 'χ² statistic; the alarm is chi2_p’s',
      accepts: ['categorical'],
      compute: (reference, current) => chi2(reference)(current),
      threshold: null,
      direction: '>',
    },
    chi2_p: {
      title: 'χ² p',
      accepts: ['categorical'],
      compute: (reference, current) => chi2P(reference)(current),
      threshold: 0.05,
      direction: '<',
    },
  },
};
