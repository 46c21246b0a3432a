import { contingency } from './contingency.ts';
import { stabilityIndex } from './divergences.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTest, type PeerTool } from './peer.ts';
import { wasserstein1 } from './transport.ts';
import { twoSampleKs } from './two-sample-ks.ts';
import { categories, countValues, numbers } from './values.ts';

const LEAST_ROWS = 10;
/** Categories below this share of the reference are counted together. */
const RARE = 0.01;
/** PSI: no share counts as less. */
const LEAST_SHARE = 0.01;
/** Earth mover's distance: what lies beyond these quantiles of its own sample is left out. */
const MARGIN = 0.025;

type Compute = (reference: PeerSample, current: PeerSample) => PeerOutcome;

function enough(compute: Compute): Compute {
  return (reference, current) =>
    Math.min(categories(reference).length, categories(current).length) < LEAST_ROWS
      ? { reason: 'not_enough_data' }
      : compute(reference, current);
}

const onNumbers = (compute: (r: Float64Array, c: Float64Array) => number): Compute =>
  enough((reference, current) => outcome(compute(numbers(reference), numbers(current))));

interface Merged {
  readonly reference: number[];
  readonly current: number[];
}

/**
 * Counts by category; those below 1 % of the reference go into "Other", which counts only where it holds more than 1 % of
 * a side: rare categories that stay rare are left out of both.
 */
function merged(reference: PeerSample, current: PeerSample): Merged {
  const [r, c] = [categories(reference), categories(current)];
  const [before, after] = [countValues(r), countValues(c)];
  const pairs: [number, number][] = [];
  const other: [number, number] = [0, 0];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const pair: [number, number] = [before.get(key) ?? 0, after.get(key) ?? 0];
    if (pair[0] >= r.length * RARE) pairs.push(pair);
    else {
      other[0] += pair[0];
      other[1] += pair[1];
    }
  }
  if (other[0] > RARE * r.length || other[1] > RARE * c.length) pairs.push(other);
  return { reference: pairs.map(([count]) => count), current: pairs.map(([, count]) => count) };
}

/** Cramér's V with Bergsma's correction, the larger side scaled down to the smaller and rounded to whole counts first. */
const cramersV = enough((reference, current) => {
  const counts = merged(reference, current);
  if (counts.reference.length === 1) return { value: 0 };
  const [m, n] = [total(counts.reference), total(counts.current)];
  const size = Math.min(m, n);
  const r = counts.reference.map((count) => roundHalfEven(m > n ? count * (size / m) : count));
  const c = counts.current.map((count) => roundHalfEven(n > m ? count * (size / n) : count));
  const all = total(r) + total(c);
  const columns = r.filter((count, i) => count + c[i]! > 0).length;
  const effect = contingency(r, c).statistic / all;
  const fair = Math.max(0, effect - (columns - 1) / (all - 1));
  const limit = Math.min(columns - (columns - 1) ** 2 / (all - 1) - 1, 1 - 1 / (all - 1));
  return outcome(Math.sqrt(fair / limit));
});

const psi = enough((reference, current) => {
  const counts = merged(reference, current);
  const [m, n] = [total(counts.reference), total(counts.current)];
  return outcome(
    stabilityIndex(
      counts.reference.map((count) => Math.max(count / m, LEAST_SHARE)),
      counts.current.map((count) => Math.max(count / n, LEAST_SHARE)),
    ),
  );
});

/** Wasserstein-1 on the range of what is left of both samples, scaled to [0, 1]. */
const earthMover = onNumbers((reference, current) => {
  const [r, c] = [trimmed(reference), trimmed(current)];
  const low = Math.min(r.at(0)!, c.at(0)!);
  const span = Math.max(r.at(-1)!, c.at(-1)!) - low;
  if (span === 0) return 0;
  return wasserstein1(r.map((x) => (x - low) / span), c.map((x) => (x - low) / span)); // biome-ignore format: one call
});

/** Sorted, without what lies beyond the margins. */
function trimmed(x: Float64Array): Float64Array {
  const sorted = x.toSorted();
  const [low, high] = [linearQuantile(sorted, MARGIN), linearQuantile(sorted, 1 - MARGIN)];
  return sorted.filter((value) => value >= low && value <= high);
}

/** NumPy's linear quantile, interpolated from the nearer end as NumPy does. */
function linearQuantile(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p;
  const i = Math.floor(at);
  const [a, b] = [sorted[i]!, sorted[Math.min(i + 1, sorted.length - 1)]!];
  const t = at - i;
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** NumPy rounds halves to the even neighbour. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (floor % 2) : Math.round(x);
}

function effect(title: string, accepts: PeerTest['accepts'], compute: Compute): PeerTest {
  // The check's condition passes below 0.2.
  return { title, accepts, compute, threshold: 0.2, direction: '>=' };
}

/** Deepchecks' feature drift check at its defaults; it samples 100,000 rows of larger tables, which is not repeated here. */
export const deepchecks: PeerTool = {
  id: 'deepchecks',
  title: 'Deepchecks',
  version: '0.19.1',
  evidence: 'run',
  choose: (type) => (type === 'numeric' ? 'KS' : 'cramers_v'),
  tests: {
    KS: effect('Kolmogorov–Smirnov statistic', ['numeric'], onNumbers((r, c) => twoSampleKs(r, c, true).statistic)), // biome-ignore format: a table
    EMD: effect('Earth mover’s distance, scaled', ['numeric'], earthMover),
    cramers_v: effect('Cramér’s V, bias-corrected', ['categorical'], cramersV),
    PSI: effect('Population stability index', ['categorical'], psi),
  },
};
