import { bucketQuantile } from '../../../stats/distributions/bucket-quantile.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { REQUESTS } from './catalogue.ts';
import { valueOrNull } from './read-classic.ts';
import type { RequestStep, RequestsOf } from './request-series.ts';
import { STEP, type Steps, WITHIN } from './steps.ts';
import { TIED, type Tie, tiedParams } from './tie.ts';

interface RequestRow {
  readonly metric: string;
  readonly step: number;
  readonly bounds: readonly number[];
  readonly buckets: readonly number[];
  readonly requests: number;
  /** Of a step: what came after several without a point is of all of them. */
  readonly a_step: number;
  readonly failed: number;
  /** Answered with 4xx. */
  readonly refused: number;
  /** Requests whose status is known. */
  readonly told: number;
  readonly instances: number;
}

/** Requests in each step, how many of them failed and how long they took, out of a service's own histograms of explicit bounds. */
export async function readExplicit(
  { lake }: { readonly lake: Lake },
  tie: Tie,
  { from, to, stepMs }: Steps,
): Promise<RequestsOf | undefined> {
  const names = REQUESTS.map(({ name }) => name);
  const rows = await lake.query<RequestRow>(HISTOGRAMS, {
    ...tiedParams(tie),
    from,
    to,
    step: stepMs,
    names,
  });
  const metric = REQUESTS.find(({ name }) => rows.some((row) => row.metric === name));
  if (metric === undefined) return undefined;
  const own = rows.filter((row) => row.metric === metric.name);
  const steps = [...Map.groupBy(own, ({ step }) => step)].map(([step, of]) => together(step, of));
  return { metric, steps };
}

/** A step of which bounds changed has several rows: rates count them all, percentiles those with the bounds of most requests. */
function together(step: number, rows: readonly RequestRow[]): RequestStep {
  const most = rows.reduce((a, b) => (b.requests > a.requests ? b : a));
  const sum = (pick: (row: RequestRow) => number) => rows.reduce((all, row) => all + pick(row), 0);
  return {
    step,
    requests: sum(({ requests }) => requests),
    aStep: sum(({ a_step }) => a_step),
    failed: sum(({ failed }) => failed),
    refused: sum(({ refused }) => refused),
    told: sum(({ told }) => told),
    instances: Math.max(...rows.map(({ instances }) => instances)),
    quantile: (quantile) => valueOrNull(bucketQuantile(most.bounds, most.buckets, quantile)),
    n: most.requests,
  };
}

/** What came since the step before, series by series: of a delta its sum, of what counts up the difference, and all of it when it began anew.
 * The highest is the last of a step: of a counter that begins anew within one, what came since counts in the next. */
const HISTOGRAMS = `SELECT metric, step, bounds, sumForEach(increases) AS buckets, sum(increase) AS requests, sum(increase / gap) AS a_step, sumIf(increase, status >= 500) AS failed, sumIf(increase, status >= 400 AND status < 500) AS refused,
  sumIf(increase, status > 0) AS told, uniqExact(instance) AS instances
FROM (
  SELECT metric, step, instance, status, bounds, if(delta OR before_step = 0, 1, step - before_step) AS gap,
    toFloat64(multiIf(delta, toFloat64(total), before_step = 0, 0.0, last >= before, toFloat64(last - before), toFloat64(last))) AS increase,
    multiIf(delta, totals, before_step = 0, arrayMap(x -> toUInt64(0), lasts), last >= before AND length(befores) = length(lasts),
      arrayMap((now, then) -> toUInt64(greatest(toInt64(now) - toInt64(then), 0)), lasts, if(length(befores) = length(lasts), befores, lasts)), lasts) AS increases
  FROM (
    SELECT *, lagInFrame(last) OVER earlier AS before, lagInFrame(lasts) OVER earlier AS befores, lagInFrame(step) OVER earlier AS before_step FROM (
      SELECT MetricName AS metric, ${STEP} AS step, Instance AS instance, Series AS series,
        HttpStatus AS status, ExplicitBounds AS bounds, AggregationTemporality = 1 AS delta,
        max(Count) AS last, maxForEach(BucketCounts) AS lasts, sumIf(Count, AggregationTemporality = 1) AS total, sumForEachIf(BucketCounts, AggregationTemporality = 1) AS totals
      FROM tiltmeter.otel_metrics_histogram
      WHERE MetricName IN {names:Array(String)} AND ${WITHIN} AND ${TIED}
      GROUP BY metric, step, instance, series, status, bounds, delta
    ) WINDOW earlier AS (PARTITION BY metric, instance, series, bounds, delta ORDER BY step ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  )
) WHERE step * {step:Int64} >= {from:Int64} AND increase > 0 GROUP BY metric, step, bounds ORDER BY metric, step`;
