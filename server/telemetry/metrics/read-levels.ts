import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { LEVELS, type LevelOf } from './catalogue.ts';
import { OF_SERIES, WITH_SERIES } from './samples.ts';
import { STEP, type Steps, WITHIN } from './steps.ts';
import { TIED, type Tie, tiedParams } from './tie.ts';

interface LevelRow {
  readonly metric: string;
  readonly step: number;
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly instances: number;
}

/** What is known of the machines of a model: for each level the best metric that came. */
export async function readLevels(
  { lake }: { readonly lake: Lake },
  tie: Tie,
  steps: Steps,
): Promise<TelemetrySeries[]> {
  const names = (counter: boolean) =>
    LEVELS.filter((level) => (level.counter ?? false) === counter).flatMap(({ metrics }) =>
      metrics.map(({ name }) => name),
    );
  const params = { ...tiedParams(tie), from: steps.from, to: steps.to, step: steps.stepMs };
  const [levels, counters] = await Promise.all([
    lake.query<LevelRow>(LEVEL, { ...params, names: names(false), means: MEANS }),
    lake.query<LevelRow>(COUNTER, { ...params, names: names(true) }),
  ]);
  const found = Map.groupBy([...levels, ...counters], ({ metric }) => metric);
  return LEVELS.flatMap((level) => seriesOf(level, found, steps));
}

function seriesOf(
  level: LevelOf,
  found: ReadonlyMap<string, readonly LevelRow[]>,
  { stepMs }: Steps,
): TelemetrySeries[] {
  const metric = level.metrics.find(({ name }) => found.has(name));
  if (metric === undefined) return [];
  const rows = found.get(metric.name)!;
  const times = metric.times ?? 1;
  return [
    {
      ...{ id: level.id, layer: level.layer, title: level.title, unit: level.unit, metric: metric.name },
      instances: Math.max(...rows.map(({ instances }) => instances)),
      between: 'instances',
      points: rows.flatMap(({ step, value, low, high, n }) =>
        value === null
          ? []
          : [
              {
                time: rfc3339(step * stepMs),
                ...{ value: value * times, low: low * times, high: high * times, n },
              },
            ],
      ),
    },
  ];
}

/** An instance is a resource: of what it tells apart (cores, spaces of memory) the sum counts, and a value that is repeated counts once. */
const OF_INSTANCES = `avg(of_instance) AS value, min(of_instance) AS low, max(of_instance) AS high, sum(points) AS n, count() AS instances`;

const MEANS = LEVELS.filter(({ mean }) => mean).flatMap(({ metrics }) => metrics.map(({ name }) => name));

/** Of samples by remote write the same: first all that is made of them, then what they are of. */
const SAMPLES = `SELECT metric, step, instance, Series AS series, mean, points FROM (
    SELECT Series, ${STEP} AS step, avg(Value) AS mean, count() AS points FROM tiltmeter.metric_samples
    WHERE ${OF_SERIES} AND ${WITHIN} AND isFinite(Value) GROUP BY Series, step
  ) AS made ${WITH_SERIES()}`;

const LAST_SAMPLES = `SELECT metric, step, instance, Series AS series, false AS delta, last, 0.0 AS total, points FROM (
    SELECT Series, ${STEP} AS step, argMax(Value, TimeUnix) AS last, count() AS points FROM tiltmeter.metric_samples
    WHERE ${OF_SERIES} AND ${WITHIN} AND isFinite(Value) GROUP BY Series, step
  ) AS made ${WITH_SERIES()}`;

const POINTS = (table: string, more = '') =>
  `SELECT MetricName AS metric, ${STEP} AS step, Instance AS instance, Series AS series, avg(Value) AS mean, count() AS points
   FROM tiltmeter.${table} WHERE MetricName IN {names:Array(String)} AND ${WITHIN} AND ${TIED} ${more} AND isFinite(Value)
   GROUP BY metric, step, instance, series`;

const LEVEL = `SELECT metric, step, ${OF_INSTANCES} FROM (
  SELECT metric, step, instance, if(metric IN {means:Array(String)}, avg(mean), sum(mean)) AS of_instance, sum(points) AS points FROM (
    ${POINTS('otel_metrics_gauge')} UNION ALL ${POINTS('otel_metrics_sum', 'AND NOT IsMonotonic')} UNION ALL ${SAMPLES}
  ) GROUP BY metric, step, instance
) WHERE step * {step:Int64} >= {from:Int64} GROUP BY metric, step ORDER BY metric, step`;

/** Of a counter the last value in each step, and by how much it is above that of the step before; less than that: it began anew. */
const COUNTER = `SELECT metric, step, ${OF_INSTANCES} FROM (
  SELECT metric, step, instance, 1000 * sum(increase) / {step:Int64} AS of_instance, sum(points) AS points FROM (
    SELECT metric, step, instance, points, before_step,
      multiIf(delta, total, before_step = 0, NULL, last >= before, last - before, last) / if(delta, 1, step - before_step) AS increase
    FROM (
      SELECT *, lagInFrame(last) OVER earlier AS before, lagInFrame(step) OVER earlier AS before_step FROM (
        SELECT MetricName AS metric, ${STEP} AS step, Instance AS instance, Series AS series, AggregationTemporality = 1 AS delta,
          argMax(Value, TimeUnix) AS last, sum(Value) AS total, count() AS points
        FROM tiltmeter.otel_metrics_sum WHERE MetricName IN {names:Array(String)} AND ${WITHIN} AND ${TIED} AND IsMonotonic AND isFinite(Value)
        GROUP BY metric, step, instance, series, delta
        UNION ALL ${LAST_SAMPLES}
      ) WINDOW earlier AS (PARTITION BY metric, instance, series, delta ORDER BY step ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    ) WHERE increase IS NOT NULL
  ) GROUP BY metric, step, instance
) WHERE step * {step:Int64} >= {from:Int64} GROUP BY metric, step ORDER BY metric, step`;
