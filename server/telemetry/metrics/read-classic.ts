import { bucketQuantile } from '../../../stats/distributions/bucket-quantile.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { CLASSIC_REQUESTS } from './catalogue.ts';
import type { RequestStep, RequestsOf } from './request-series.ts';
import { OF_SERIES, WITH_SERIES } from './samples.ts';
import { STEP, type Steps, WITHIN } from './steps.ts';
import { type Tie, tiedParams } from './tie.ts';

const BUCKET = '_bucket';

/** What came in a step of one bucket, of all series that have it: requests that took at most so long. */
export interface BucketRow {
  readonly metric: string;
  readonly step: number;
  /** Its upper bound, as the label says it. */
  readonly le: string;
  readonly requests: number;
  readonly a_step: number;
  readonly failed: number;
  /** Answered with 4xx. */
  readonly refused: number;
  readonly told: number;
  readonly instances: number;
}

/** The same as readExplicit out of classic histograms of Prometheus, of which each bucket is a counter of its own. */
export async function readClassic(
  { lake }: { readonly lake: Lake },
  tie: Tie,
  { from, to, stepMs }: Steps,
): Promise<RequestsOf | undefined> {
  const names = CLASSIC_REQUESTS.map(({ name }) => name + BUCKET);
  const rows = await lake.query<BucketRow>(BUCKETS, { ...tiedParams(tie), from, to, step: stepMs, names });
  const metric = CLASSIC_REQUESTS.find(({ name }) => rows.some((row) => row.metric === name + BUCKET));
  if (metric === undefined) return undefined;
  const own = rows.filter((row) => row.metric === metric.name + BUCKET);
  const steps = [...Map.groupBy(own, ({ step }) => step)].flatMap(([step, of]) => stepOf(step, of) ?? []);
  return { metric, steps };
}

/** A step by its buckets, of which each counts those below it too; undefined without the one that counts all. */
export function stepOf(step: number, rows: readonly BucketRow[]): RequestStep | undefined {
  const all = rows.find(({ le }) => le === '+Inf');
  if (all === undefined || all.requests <= 0) return undefined;
  const below = rows
    .map(({ le, requests }) => ({ bound: Number(le), requests }))
    .filter(({ bound }) => Number.isFinite(bound))
    .sort((a, b) => a.bound - b.bound);
  let counted = 0;
  const buckets = [...below, all].map(({ requests }) => {
    // Instances whose bounds differ, or that began anew between two scrapes, may count less above than below.
    const within = Math.max(0, requests - counted);
    counted += within;
    return within;
  });
  const bounds = below.map(({ bound }) => bound);
  return {
    ...{
      step,
      quantile: (quantile) => valueOrNull(bucketQuantile(bounds, buckets, quantile)),
      n: all.requests,
    },
    ...{ requests: all.requests, aStep: all.a_step },
    ...{ failed: all.failed, refused: all.refused, told: all.told, instances: all.instances },
  };
}

export const valueOrNull = (value: number | null) => (value === null ? null : { value });

/** Labels in which the exporters of the field say the status of an answer, as a number or as `5xx`. */
export const STATUS_LABELS = [
  ...['status', 'status_code', 'code', 'http_status', 'http_response_status_code'],
  ...['http_response_code', 'response_code'],
];
const STATUS = STATUS_LABELS.map((label) => `nullIf(Attributes['${label}'], '')`).join(', ');
/** The status of the requests of a series, as a further column of `WITH_SERIES`; empty where none is said. */
export const WITH_STATUS = `, any(coalesce(${STATUS}, '')) AS status`;

const BUCKETS = `SELECT metric, step, le, sum(increase) AS requests, sum(increase / gap) AS a_step, sumIf(increase, startsWith(status, '5')) AS failed, sumIf(increase, startsWith(status, '4')) AS refused,
  sumIf(increase, status != '') AS told, uniqExact(instance) AS instances
FROM (
  SELECT metric, step, instance, le, status, multiIf(before_step = 0, 0, last >= before, last - before, last) AS increase, if(before_step = 0, 1, step - before_step) AS gap FROM (
    SELECT *, lagInFrame(last) OVER earlier AS before, lagInFrame(step) OVER earlier AS before_step FROM (
      SELECT Series, ${STEP} AS step, argMax(Value, TimeUnix) AS last FROM tiltmeter.metric_samples
      WHERE ${OF_SERIES} AND ${WITHIN} AND isFinite(Value) GROUP BY Series, step
    ) WINDOW earlier AS (PARTITION BY Series ORDER BY step ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  ) AS made ${WITH_SERIES(`, any(Attributes['le']) AS le ${WITH_STATUS}`)}
) WHERE step * {step:Int64} >= {from:Int64} AND increase > 0 GROUP BY metric, step, le ORDER BY metric, step, le`;
