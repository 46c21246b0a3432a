import { WITH_STATUS } from './read-classic.ts';
import { OF_SERIES, WITH_SERIES } from './samples.ts';
import { STEP, WITHIN } from './steps.ts';
import { TIED } from './tie.ts';

/** A histogram as one value: count, schema, width and count of the zero bucket, indexes and counts of both signs, bounds of its own. */
const SAMPLE =
  'Count, Schema, ZeroThreshold, ZeroCount, PositiveIndexes, PositiveCounts, NegativeIndexes, NegativeCounts, Bounds';

/** The last histogram of each series in each step, by remote write. Levels count nothing up. */
export const SENT = `SELECT metric, step, instance, Series AS series, status, false AS delta, last, anew, 0 AS start FROM (
    SELECT Series, ${STEP} AS step, argMax(tuple(${SAMPLE}), TimeUnix) AS last, max(ResetHint = 1) AS anew FROM tiltmeter.metric_histograms
    WHERE ${OF_SERIES} AND ${WITHIN} AND Flags = 0 AND ResetHint != 3 GROUP BY Series, step
  ) AS made ${WITH_SERIES(WITH_STATUS)}`;

/** Index i of OTLP is the bucket above base^i, which Prometheus calls i + 1. */
const indexes = (side: string) =>
  `arrayMap(i -> toInt32(${side}Offset + i), arrayEnumerate(${side}BucketCounts))`;
const counts = (side: string) => `arrayMap(n -> toFloat64(n), ${side}BucketCounts)`;
const POINT = `tuple(toFloat64(Count), Scale, ZeroThreshold, toFloat64(ZeroCount), ${indexes('Positive')}, ${counts('Positive')}, ${indexes('Negative')}, ${counts('Negative')}, emptyArrayFloat64())`;

/** The same of exponential histograms by OTLP, and each point that is told as what came since the one before. */
export const EXPONENTIAL = `SELECT MetricName AS metric, ${STEP} AS step, Instance AS instance, Series AS series,
    if(HttpStatus = 0, '', toString(HttpStatus)) AS status, AggregationTemporality = 1 AS delta,
    argMax(${POINT}, TimeUnix) AS last, false AS anew, toUnixTimestamp64Milli(max(StartTimeUnix)) AS start
  FROM tiltmeter.otel_metrics_exponential_histogram
  WHERE MetricName IN {names:Array(String)} AND ${WITHIN} AND ${TIED} AND bitAnd(Flags, 1) = 0
  GROUP BY metric, step, instance, series, status, delta, if(delta, TimeUnix, toDateTime64(0, 9, 'UTC'))`;

/** Its count fell, its schema became finer, its zero bucket narrower, its bounds others, or it says that it counts since a later moment. */
const BEGAN_ANEW = `last.1 < before.1 OR last.2 > before.2 OR last.3 < before.3 OR last.9 != before.9 OR start > before_start`;

/**
 * What came in each step of all series together, as sums of histograms: the last one of a step counts in full, and the last one of the step before is taken away unless it began
 * anew. A row for each schema, zero bucket and bounds there are.
 */
export const increases = (
  histograms: string,
) => `SELECT metric, step, h.2 AS schema, h.3 AS zero_threshold, h.9 AS bounds,
  sum(sign * h.4) AS zero_count, sumMap(h.5, arrayMap(n -> sign * n, h.6)) AS positive, sumMap(h.7, arrayMap(n -> sign * n, h.8)) AS negative,
  sum(sign * h.1) AS requests, sum(sign * h.1 / gap) AS a_step, sumIf(sign * h.1, startsWith(status, '5')) AS failed, sumIf(sign * h.1, startsWith(status, '4')) AS refused,
  sumIf(sign * h.1, status != '') AS told, uniqExact(instance) AS instances
FROM (
  SELECT metric, step, instance, status, gap, tupleElement(part, 1) AS sign, tupleElement(part, 2) AS h FROM (
    SELECT metric, step, instance, status, if(delta, 1, step - before_step) AS gap,
      arrayJoin(if(delta OR anew OR ${BEGAN_ANEW}, [tuple(1, last)], [tuple(1, last), tuple(-1, before)])) AS part
    FROM (
      SELECT *, lagInFrame(last) OVER earlier AS before, lagInFrame(step) OVER earlier AS before_step, lagInFrame(start) OVER earlier AS before_start FROM (${histograms})
      WINDOW earlier AS (PARTITION BY metric, instance, series, delta ORDER BY step ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    ) WHERE (delta OR before_step > 0) AND step * {step:Int64} >= {from:Int64}
  )
) GROUP BY metric, step, schema, zero_threshold, bounds ORDER BY metric, step`;
