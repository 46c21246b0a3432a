import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { BucketEstimate } from '../../../stats/distributions/native-quantile.ts';

/** What is known of the requests of one step. */
export interface RequestStep {
  readonly step: number;
  /** Of all of them, and of a step: what came after several without a point is of all of these. */
  readonly requests: number;
  readonly aStep: number;
  readonly failed: number;
  readonly refused: number;
  /** Requests whose status is known. */
  readonly told: number;
  readonly instances: number;
  /** Of how long they took, in the unit of the metric; null where it is not known. `low` and `high`: between what it lies, where that is told. */
  quantile(quantile: number): (Pick<BucketEstimate, 'value'> & Partial<BucketEstimate>) | null;
  /** Requests that percentiles are of. */
  readonly n: number;
}

/** A histogram of requests, by the name that its metric has, step by step. */
export interface RequestsOf {
  readonly metric: RequestMetric;
  readonly steps: readonly RequestStep[];
}

/** `times`: from the unit of the metric into milliseconds. */
export interface RequestMetric {
  readonly name: string;
  readonly times: number;
}

const QUANTILES = [
  { id: 'latency_p50', quantile: 0.5, title: 'Latency of requests, median' },
  { id: 'latency_p95', quantile: 0.95, title: 'Latency of requests, 95th percentile' },
  { id: 'latency_p99', quantile: 0.99, title: 'Latency of requests, 99th percentile' },
] as const;

/** Requests a second, the share of 5xx among them, and percentiles of how long they took. */
export function requestSeries({ metric, steps }: RequestsOf, stepMs: number): TelemetrySeries[] {
  const told = steps.map((each) => ({ ...each, time: rfc3339(each.step * stepMs) }));
  const instances = Math.max(...told.map((each) => each.instances));
  const series = (
    own: Pick<TelemetrySeries, 'id' | 'title' | 'unit'>,
    points: readonly { time: string; value: number | null; low?: number; high?: number; n: number }[],
  ): TelemetrySeries[] => {
    const known = points.flatMap(({ time, value, n, low, high }) =>
      value === null ? [] : [{ time, value, n, low: finite(low), high: finite(high) }],
    );
    return known.length === 0
      ? []
      : [{ ...own, layer: 'serving', metric: metric.name, instances, between: 'bucket', points: known }];
  };
  return [
    ...series(
      { id: 'request_rate', title: 'Requests a second', unit: 'a second' },
      told.map(({ time, aStep, requests }) => ({ time, value: (1000 * aStep) / stepMs, n: requests })),
    ),
    ...series(
      { id: 'server_errors', title: 'Requests answered with 5xx', unit: 'share' },
      told.map(({ time, failed, told }) => ({ time, value: told === 0 ? null : failed / told, n: told })),
    ),
    ...series(
      { id: 'client_errors', title: 'Requests answered with 4xx', unit: 'share' },
      told.map(({ time, refused, told }) => ({ time, value: told === 0 ? null : refused / told, n: told })),
    ),
    ...QUANTILES.flatMap(({ quantile, ...own }) =>
      series(
        { ...own, unit: 'ms' },
        told.map(({ time, n, ...step }) => {
          const found = step.quantile(quantile);
          if (found === null) return { time, value: null, n };
          const { value, low = Number.NaN, high = Number.NaN } = found;
          const [ms, from, to] = [value, low, high].map((one) => one * metric.times) as [
            number,
            number,
            number,
          ];
          return { time, value: ms, low: from, high: to, n };
        }),
      ),
    ),
  ];
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
