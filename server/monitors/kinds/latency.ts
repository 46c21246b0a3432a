import { gridEdge } from '../../../stats/asinh-grid.ts';
import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import { type KindOf, type MetricMeta, reasonOf, unjudged } from '../kind.ts';
import { compared, confirmed, options, ratio, sliced, windowed } from '../options.ts';
import type { LatencySubject } from '../subject.ts';
import { widen } from '../track.ts';

const Z_DECISION = 3.3;
/** Less than this is nobody's trouble, whatever the ratio. */
const NOTICEABLE_MS = 1;

const QUANTILES: Readonly<Record<string, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 };

const METRICS: readonly MetricMeta[] = Object.keys(QUANTILES).map((id) => ({
  id,
  title: id,
  unit: 'ms',
  definition: `${id}@1`,
  worse: 'higher',
}));

/**
 * A quantile of the answer time against the reference: it breaches when the lower bound of the quantile passes the
 * upper bound at the reference by more than `threshold` (0.5: half as long again). Without latencies in the reference
 * the model's own first window stands in.
 */
export const latency: KindOf<LatencySubject> = {
  id: 'latency',
  title: 'Latency',
  layer: 'serving',
  role: 'effect',
  harm: 'service',
  urgency: 2,
  cause: 'infrastructure_saturation',
  reads: 'latency',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'relative increase of the quantile over the reference; 0.5 is half as long again',
  defaults: { threshold: 0.5, window: 'bucket', minN: 100, m: 2, n: 3 },
  options: options(METRICS, ratio(0), { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: METRICS.map(({ id }) => ({ metric: id })),
  about: {
    decides:
      'Median, 95th and 99th percentile of `latency_ms` against the reference. It breaches when the lower bound of the percentile passes the upper bound at the reference by more than the threshold and by at least a millisecond. Without latencies in the reference the first window of the model stands in.',
    behind: ['more load than capacity', 'a larger model', 'a slow feature store'],
    todo: 'A slow median is capacity or the model; a slow 99th percentile alone is queues, garbage collection or single large inputs.',
  },
  compute({ track, cells, grid, reference }, index, settings) {
    const p = QUANTILES[settings.metric] ?? 0.5;
    const z = sharedBound(Z_DECISION, settings.looks ?? 1);
    // So many that the decision's upper rank stays below 1: 20 at the median, about 1,100 at p99.
    const minN = Math.max(settings.minN, Math.ceil((z ** 2 * p) / (1 - p)) + 1);
    if (track.total(index, index + 1) === 0) return unjudged('no_data', 'no_latencies');
    if (reference === null) return unjudged('not_enough_data', 'no_reference');
    const referenceN = reference.reduce((sum, count) => sum + count, 0);
    if (referenceN < minN) return unjudged('not_enough_data', 'too_small_reference', referenceN);
    const window = widen(
      (from, to) => track.total(from, to),
      index,
      settings.window,
      minN,
      settings.maxWindow,
    );
    if (window.n < minN) return unjudged('not_enough_data', 'too_few_predictions', window.n);
    const counts = track.between(window.from, window.to);
    const at = (values: readonly number[], n: number, rank: number) => {
      const { cell, inside } = quantileCell(values, rank * n);
      const low = gridEdge(cells[cell]!, grid);
      return Math.max(0, low + inside * (gridEdge(cells[cell]! + 1, grid) - low));
    };
    const shown = rankBounds(p, window.n, Z_TWO_SIDED_95);
    const baseline = at(reference, referenceN, p);
    const limit = Math.max(
      at(reference, referenceN, rankBounds(p, referenceN, z).high) * (1 + settings.threshold),
      baseline + NOTICEABLE_MS,
    );
    const value = at(counts, window.n, p);
    const closing = Math.max(baseline * (1 + settings.threshold / 2), baseline + NOTICEABLE_MS / 2);
    const breach = at(counts, window.n, rankBounds(p, window.n, z).low) > limit;
    const verdict = breach ? 'breach' : value < closing ? 'clear' : 'within';
    return {
      value,
      low: at(counts, window.n, shown.low),
      high: at(counts, window.n, shown.high),
      n: window.n,
      window: window.to - window.from,
      threshold: limit,
      baseline,
      status: 'ok',
      verdict,
      reason: reasonOf(verdict),
    };
  },
  phrase: ({ metric, value, baseline }) =>
    value === null || baseline === null
      ? 'Answers are slow'
      : `Latency ${metric} at ${milliseconds(value)} (reference ${milliseconds(baseline)})`,
};

/** Ranks (0 to 1) between which quantile p lies, from the binomial spread of a sample of n. */
function rankBounds(p: number, n: number, z: number): { low: number; high: number } {
  const half = z * Math.sqrt((p * (1 - p)) / Math.max(1, n));
  return { low: Math.max(0, p - half), high: Math.min(1, p + half) };
}

/** The element that holds a rank, and how far into it the rank lies (0 to 1). */
function quantileCell(counts: readonly number[], rank: number): { cell: number; inside: number } {
  let before = 0;
  let last = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    if (count <= 0) continue;
    if (before + count >= rank) return { cell, inside: (rank - before) / count };
    before += count;
    last = cell;
  }
  return { cell: last, inside: 1 };
}

function milliseconds(ms: number): string {
  return `${Number(ms.toPrecision(3))} ms`;
}
