import { TiltmeterError } from '../../../contract/errors.ts';
import type { Batch } from '../../events/columns/batch.ts';
import { category } from '../../events/columns/common.ts';
import { map } from '../../events/columns/map-column.ts';
import { attributesOf, cut, signed, unsigned } from '../otlp/attributes.ts';
import type {
  Buckets,
  Exemplar,
  ExponentialPoint,
  HistogramPoint,
  Long64,
  NumberPoint,
  Point,
  SummaryPoint,
} from '../otlp/messages.ts';
import type { MetricOf, PointShape } from '../otlp/record.ts';
import { double, list, nanos, whole } from '../tables/columns.ts';
import { mentionedId, SPAN_BYTES, TRACE_BYTES } from './ids.ts';
import type { Storing, TelemetryKind } from './kind.ts';
import { requireRecent } from './moments.ts';

const NAME_LENGTH = 512;
const BESIDE = 200;
/** Buckets of a histogram. */
const MOST_BUCKETS = 1024;
const MOST_EXEMPLARS = 16;

type Add<P extends Point> = (batch: Batch, row: number, point: P, metric: MetricOf, storing: Storing) => void;

interface Shape<P extends Point> {
  readonly table: string;
  readonly message: string;
  /** Errors: invalid_telemetry. */
  check(point: P): void;
  readonly add: Add<P>;
}

const shape = <P extends Point>(each: Shape<P>) => each as unknown as Shape<Point>;

/** What is particular to the points of each shape. */
const SHAPES: Readonly<Record<PointShape, Shape<Point>>> = {
  gauge: shape<NumberPoint>({
    table: 'otel_metrics_gauge',
    message: 'NumberDataPoint',
    check: () => {},
    add(batch, row, point, _metric, storing) {
      batch.column('Value', double).set(row, numberOf(point));
      addExemplars(batch, row, point.exemplars, storing);
    },
  }),
  sum: shape<NumberPoint>({
    table: 'otel_metrics_sum',
    message: 'NumberDataPoint',
    check: () => {},
    add(batch, row, point, metric, storing) {
      batch.column('Value', double).set(row, numberOf(point));
      batch.column('AggregationTemporality', whole).set(row, metric.temporality);
      batch.column('IsMonotonic', whole).set(row, metric.monotonic ? 1 : 0);
      addExemplars(batch, row, point.exemplars, storing);
    },
  }),
  histogram: shape<HistogramPoint>({
    table: 'otel_metrics_histogram',
    message: 'HistogramDataPoint',
    check(point) {
      const [counts, bounds] = [point.bucketCounts.length, point.explicitBounds.length];
      requireBuckets(counts);
      if (counts > 0 && counts !== bounds + 1)
        throw new TiltmeterError(
          'invalid_telemetry',
          `a histogram has ${counts} bucket counts for ${bounds} bounds; it takes one more than bounds`,
        );
      if (point.explicitBounds.some((bound, i) => i > 0 && !(bound > point.explicitBounds[i - 1]!)))
        throw new TiltmeterError('invalid_telemetry', 'the bounds of a histogram do not rise');
    },
    add(batch, row, point, metric, storing) {
      addTotals(batch, row, point);
      batch.column('BucketCounts', COLUMNS.counts).set(row, JSON.stringify(point.bucketCounts.map(unsigned)));
      batch.column('ExplicitBounds', COLUMNS.bounds).set(row, JSON.stringify(point.explicitBounds));
      addExtremes(batch, row, point, metric);
      addExemplars(batch, row, point.exemplars, storing);
    },
  }),
  exponentialHistogram: shape<ExponentialPoint>({
    table: 'otel_metrics_exponential_histogram',
    message: 'ExponentialHistogramDataPoint',
    check({ positive, negative }) {
      requireBuckets((positive?.bucketCounts.length ?? 0) + (negative?.bucketCounts.length ?? 0));
    },
    add(batch, row, point, metric, storing) {
      addTotals(batch, row, point);
      batch.column('Scale', whole).set(row, point.scale);
      batch.column('ZeroCount', whole).set(row, unsigned(point.zeroCount));
      batch.column('ZeroThreshold', double).set(row, point.zeroThreshold || 0);
      addBuckets('Positive', point.positive);
      addBuckets('Negative', point.negative);
      addExtremes(batch, row, point, metric);
      addExemplars(batch, row, point.exemplars, storing);

      function addBuckets(side: 'Positive' | 'Negative', buckets: Buckets | null | undefined): void {
        if (!buckets) return;
        batch.column(`${side}Offset`, whole).set(row, buckets.offset);
        const counts = JSON.stringify(buckets.bucketCounts.map(unsigned));
        batch.column(`${side}BucketCounts`, COLUMNS.counts).set(row, counts);
      }
    },
  }),
  summary: shape<SummaryPoint>({
    table: 'otel_metrics_summary',
    message: 'SummaryDataPoint',
    check: ({ quantileValues }) => requireBuckets(quantileValues.length),
    add(batch, row, point) {
      addTotals(batch, row, point);
      const pairs = JSON.stringify(point.quantileValues.map(({ quantile, value }) => [quantile, value]));
      batch.column('ValueAtQuantiles.Quantile', COLUMNS.quantiles).set(row, pairs);
      batch.column('ValueAtQuantiles.Value', COLUMNS.quantileValues).set(row, pairs);
    },
  }),
};

const PAIRS = 'Array(Tuple(Float64, Float64))';
/** Attributes, moment in nanoseconds, value, span, trace. */
const EXEMPLARS = 'Array(Tuple(Map(String, String), Int64, Float64, String, String))';
const part = (n: number) => (list: string) => `tupleElement(${list}, ${n})`;
const COLUMNS = {
  counts: () => list('Array(UInt64)'),
  bounds: () => list('Array(Float64)'),
  quantiles: () => list(PAIRS, part(1)),
  quantileValues: () => list(PAIRS, part(2)),
  exemplarAttributes: () => list(EXEMPLARS, part(1)),
  exemplarTimes: () => list(EXEMPLARS, (all) => `arrayMap(x -> fromUnixTimestamp64Nano(x.2, 'UTC'), ${all})`),
  exemplarValues: () => list(EXEMPLARS, part(3)),
  exemplarSpans: () => list(EXEMPLARS, part(4)),
  exemplarTraces: () => list(EXEMPLARS, part(5)),
};

export const metrics: TelemetryKind = {
  id: 'metrics',
  path: '/v1/metrics',
  service: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
  summary: 'Store points of metrics (OTLP)',
  lists: ['resourceMetrics', 'scopeMetrics', 'metrics'],
  rejected: 'rejectedDataPoints',
  tables: Object.values(SHAPES).map(({ table }) => table),
  add(found, storing) {
    const { open, now, shortened, admitSeries } = storing;
    const [resource, scope, metric] = [found.resource(), found.scope(), found.metric!()];
    const { table, message, check, add } = SHAPES[metric.shape];
    if (metric.name === '') throw new TiltmeterError('invalid_telemetry', 'a metric has no name');
    const point = found.decode<Point>(message);
    requireRecent(point.timeUnixNano, now, `the time of a point of ${metric.name.slice(0, 100)}`);
    check(point);
    const attributes = attributesOf(point.attributes, shortened);
    if (!admitSeries(seriesOf(metric, resource.attributes, attributes)))
      throw new TiltmeterError(
        'too_many_series',
        `${metric.name.slice(0, 100)} has a series that is one too many`,
      );
    const batch = open(table);
    const row = batch.rows;
    batch.addId('');
    batch.column('ResourceAttributes', map).set(row, resource.attributes);
    if (resource.schemaUrl !== '') batch.column('ResourceSchemaUrl', category).set(row, resource.schemaUrl);
    if (scope.name !== '')
      batch.column('ScopeName', category).set(row, cut(scope.name, NAME_LENGTH, shortened));
    if (scope.version !== '')
      batch.column('ScopeVersion', category).set(row, cut(scope.version, NAME_LENGTH, shortened));
    batch.column('ScopeAttributes', map).set(row, scope.attributes);
    batch.column('ScopeDroppedAttrCount', whole).set(row, scope.droppedAttributesCount);
    if (scope.schemaUrl !== '') batch.column('ScopeSchemaUrl', category).set(row, scope.schemaUrl);
    batch.column('ServiceName', category).set(row, cut(resource.service, NAME_LENGTH, shortened));
    batch.column('MetricName', category).set(row, cut(metric.name, NAME_LENGTH, shortened));
    batch.column('MetricDescription', category).set(row, cut(metric.description, NAME_LENGTH, shortened));
    batch.column('MetricUnit', category).set(row, cut(metric.unit, NAME_LENGTH, shortened));
    batch.column('Attributes', map).set(row, attributes);
    batch.column('StartTimeUnix', nanos).set(row, point.startTimeUnixNano);
    batch.column('TimeUnix', nanos).set(row, point.timeUnixNano);
    batch.column('Flags', whole).set(row, point.flags);
    add(batch, row, point, metric, storing);
    batch.bytes += found.bytes + BESIDE;
  },
};

/** What tells a series from all others. */
function seriesOf(
  metric: MetricOf,
  resource: ReadonlyMap<string, string>,
  attributes: ReadonlyMap<string, string>,
): string {
  let series = `${metric.shape}\n${metric.name}`;
  for (const [key, value] of resource) series += `\n${key}\t${value}`;
  series += '\n';
  for (const [key, value] of attributes) series += `\n${key}\t${value}`;
  return series;
}

function requireBuckets(count: number): void {
  if (count > MOST_BUCKETS)
    throw new TiltmeterError(
      'invalid_telemetry',
      `a point has ${count} buckets; it may have ${MOST_BUCKETS}`,
    );
}

function numberOf({ asDouble, asInt }: { readonly asDouble?: number; readonly asInt?: Long64 }): number {
  // A field that did not come is null, or 0, in the library's prototype.
  return asInt !== undefined && asInt !== null && (asInt.low !== 0 || asInt.high !== 0)
    ? signed(asInt)
    : (asDouble ?? 0);
}

function addTotals(
  batch: Batch,
  row: number,
  { count, sum }: { readonly count: Long64; readonly sum: number },
): void {
  batch.column('Count', whole).set(row, unsigned(count));
  batch.column('Sum', double).set(row, sum);
}

function addExtremes(
  batch: Batch,
  row: number,
  { min, max }: { readonly min: number; readonly max: number },
  { temporality }: MetricOf,
): void {
  batch.column('Min', double).set(row, min);
  batch.column('Max', double).set(row, max);
  batch.column('AggregationTemporality', whole).set(row, temporality);
}

function addExemplars(
  batch: Batch,
  row: number,
  exemplars: readonly Exemplar[],
  { shortened }: Storing,
): void {
  if (exemplars.length === 0) return;
  if (exemplars.length > MOST_EXEMPLARS) shortened.attributes += exemplars.length - MOST_EXEMPLARS;
  const items = exemplars
    .slice(0, MOST_EXEMPLARS)
    .map((exemplar) =>
      [
        JSON.stringify(Object.fromEntries(attributesOf(exemplar.filteredAttributes, shortened))),
        String((BigInt(exemplar.timeUnixNano.high >>> 0) << 32n) | BigInt(exemplar.timeUnixNano.low >>> 0)),
        JSON.stringify(numberOf(exemplar)),
        JSON.stringify(mentionedId(exemplar.spanId, SPAN_BYTES)),
        JSON.stringify(mentionedId(exemplar.traceId, TRACE_BYTES)),
      ].join(','),
    );
  const json = `[${items.map((item) => `[${item}]`).join(',')}]`;
  batch.column('Exemplars.FilteredAttributes', COLUMNS.exemplarAttributes).set(row, json);
  batch.column('Exemplars.TimeUnix', COLUMNS.exemplarTimes).set(row, json);
  batch.column('Exemplars.Value', COLUMNS.exemplarValues).set(row, json);
  batch.column('Exemplars.SpanId', COLUMNS.exemplarSpans).set(row, json);
  batch.column('Exemplars.TraceId', COLUMNS.exemplarTraces).set(row, json);
}
