import { greatestChange, jsDivergenceBase2 } from './divergences.ts';
import { evenEdges, extremes, histogram } from './numpy-bins.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTool } from './peer.ts';
import { alignedCounts, categories, givenNumbers, numbers } from './values.ts';

const BUCKETS = 10;

/** Counts between two values; equal ends are mass at a point, an infinite end is mass that matches nothing. */
export interface Bucket {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A histogram as TensorFlow Data Validation keeps it. */
export interface Buckets {
  readonly buckets: readonly Bucket[];
  readonly nan: number;
}

/**
 * TFDV's Jensen–Shannon divergence in bits of two histograms: cut at the union of their edges, counts spread evenly within a
 * bucket; points, infinite buckets and NaN are bins of their own, of which infinite ones and NaN never match. Counts are normalised.
 */
export function tfdvDivergence(reference: Buckets, current: Buckets): PeerOutcome {
  const edges = [...new Set([...ends(reference), ...ends(current)])].sort((a, b) => a - b);
  const points = [...new Set([...pointsOf(reference).keys(), ...pointsOf(current).keys()])];
  const vector = (side: Buckets) => [
    ...spread(side, edges),
    ...points.map((at) => pointsOf(side).get(at) ?? 0),
  ];
  const [endless, gone] = [strange(reference), strange(current)];
  const r = [...vector(reference), ...endless, ...gone.map(() => 0)];
  const c = [...vector(current), ...endless.map(() => 0), ...gone];
  if (!r.some((count) => count > 0) || !c.some((count) => count > 0)) return { reason: 'not_enough_data' };
  return outcome(Math.min(1, jsDivergenceBase2(r, c)));
}

function isPlain({ low, high }: Bucket): boolean {
  return Number.isFinite(low) && Number.isFinite(high) && low < high;
}

function ends({ buckets }: Buckets): number[] {
  return buckets.filter(isPlain).flatMap(({ low, high }) => [low, high]);
}

function pointsOf({ buckets }: Buckets): Map<number, number> {
  const points = new Map<number, number>();
  for (const { low, high, count } of buckets) {
    if (low === high && Number.isFinite(low)) points.set(low, (points.get(low) ?? 0) + count);
  }
  return points;
}

function strange({ buckets, nan }: Buckets): [infinite: number, nan: number] {
  const infinite = buckets.filter(({ low, high }) => !Number.isFinite(low) || !Number.isFinite(high));
  return [infinite.reduce((sum, { count }) => sum + count, 0), nan];
}

function spread({ buckets }: Buckets, edges: readonly number[]): number[] {
  const counts = new Array<number>(Math.max(0, edges.length - 1)).fill(0);
  for (const bucket of buckets.filter(isPlain)) {
    for (let i = 0; i < counts.length; i++) {
      if (edges[i]! >= bucket.low && edges[i + 1]! <= bucket.high)
        counts[i]! += (bucket.count * (edges[i + 1]! - edges[i]!)) / (bucket.high - bucket.low);
    }
  }
  return counts;
}

/**
 * The standard histogram of raw numbers: ten buckets of equal width, infinite values in a bucket of their own; a missing
 * value is none. TFDV's own counts come from a quantile sketch with even mass between its points, so that few or tied values lie
 * elsewhere there: in the fixtures the divergence is up to 0.29 apart, from TFDV's own histograms it is the same.
 */
export function tfdvBuckets(sample: PeerSample): Buckets {
  const x = numbers(sample);
  const [low, high] = extremes(x);
  const infinite = givenNumbers(sample).length - x.length;
  const endless = infinite > 0 ? [{ low: high, high: Infinity, count: infinite }] : [];
  if (x.length === 0) return { buckets: endless, nan: 0 };
  if (low === high) return { buckets: [{ low, high, count: x.length }, ...endless], nan: 0 };
  const edges = evenEdges(low, high, BUCKETS);
  const buckets = histogram(x, edges).map((count, i) => ({ low: edges[i]!, high: edges[i + 1]!, count }));
  return { buckets: [...buckets, ...endless], nan: 0 };
}

function onCounts(compute: (r: readonly number[], c: readonly number[]) => number) {
  return (reference: PeerSample, current: PeerSample): PeerOutcome => {
    if (categories(reference).length === 0 || categories(current).length === 0)
      return { reason: 'not_enough_data' };
    const { reference: r, current: c } = alignedCounts(reference, current);
    return outcome(compute(r, c));
  };
}

/** TensorFlow Data Validation's comparators. It has no default threshold: the schema states one for each feature. */
export const tfdv: PeerTool = {
  id: 'tfdv',
  title: 'TensorFlow Data Validation',
  version: '1.16.1',
  evidence: 'run',
  choose: (type) => (type === 'numeric' ? 'jensen_shannon_divergence' : 'infinity_norm'),
  tests: {
    jensen_shannon_divergence: {
      title: 'Jensen–Shannon divergence, base 2',
      accepts: ['numeric', 'categorical'],
      compute: (reference, current) =>
        reference instanceof Float64Array
          ? tfdvDivergence(tfdvBuckets(reference), tfdvBuckets(current))
          : onCounts(jsDivergenceBase2)(reference, current),
      threshold: null,
      direction: '>',
    },
    infinity_norm: {
      title: 'Greatest change of a share',
      accepts: ['categorical'],
      compute: onCounts(greatestChange),
      threshold: null,
      direction: '>',
    },
    normalized_abs_difference: {
      title: 'Greatest change of a count ÷ all counts',
      accepts: ['categorical'],
      compute: onCounts((r, c) => {
        const all = [...r, ...c].reduce((sum, count) => sum + count, 0);
        return r.reduce((most, count, i) => Math.max(most, Math.abs(count - c[i]!) / all), 0);
      }),
      threshold: null,
      direction: '>',
    },
  },
};
