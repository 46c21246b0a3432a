import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { bucketQuantile } from '../../../stats/distributions/bucket-quantile.ts';

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
  readonly bounds: readonly number[];
  readonly buckets: readonly number[];
  /** Requests in these buckets. */
  readonly n: number;
}

const QUANTILES = [
  { id: 'latency_p50', quantile: 0.5, title: 'Latency of requests, median' },
  { id: 'latency_p95', quantile: 0.95, title: 'Latency of requests, 95th percentile' },
  { id: 'latency_p99', quantile: 0.99, title: 'Latency of requests, 99th percentile' },
] as const;

/** Requests a second, the share of 5xx among them, and percentiles of how long they took. `times`: from the unit of the bounds into milliseconds. */
export function requestSeries(
  metric: { readonly name: string; readonly times: number },
  steps: readonly RequestStep[],
  stepMs: number,
): TelemetrySeries[] {
  const told = steps.map((each) => ({ ...each, time: rfc3339(each.step * stepMs) }));
  const instances = Math.max(...told.map((each) => each.instances));
  const series = (
    own: Pick<TelemetrySeries, 'id' | 'title' | 'unit'>,
    points: readonly { time: string; value: number | null; n: number }[],
  ): TelemetrySeries[] => {
    const known = points.flatMap(({ time, value, n }) =>
      value === null ? [] : [{ time, value, n, low: null, high: null }],
    );
    return known.length === 0
      ? []
      : [{ ...own, layer: 'serving', metric: metric.name, instances, points: known }];
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
        told.map(({ time, bounds, buckets, n }) => {
          const value = bucketQuantile(bounds, buckets, quantile);
          return { time, value: value === null ? null : value * metric.times, n };
        }),
      ),
    ),
  ];
}
