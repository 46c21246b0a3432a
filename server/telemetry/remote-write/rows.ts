import { Batch } from '../../events/columns/batch.ts';
import { category, time as moment, text } from '../../events/columns/common.ts';
import type { Ingest } from '../../events/ingest.ts';
import { day as dayColumn, double, hash64, map, whole } from '../tables/columns.ts';
import type { KnownSeries } from './known-series.ts';
import type { LabelledSeries } from './labels.ts';
import type { MetricMetadata } from './metadata.ts';

const SAMPLES = 'tiltmeter.metric_samples';
const SERIES = 'tiltmeter.metric_series';
const SAMPLE_BYTES = 32;
const BESIDE = 200;
/** Flag of OTLP: nothing is told any more. */
const NO_RECORDED_VALUE = 1;

/** The groups that take rows now. */
export const samplesInto = (ingest: Ingest, by: string) => ingest.open(SAMPLES, () => new Batch(SAMPLES), by);
export const seriesInto = (ingest: Ingest, by: string) => ingest.open(SERIES, () => new Batch(SERIES), by);

export interface Sample {
  readonly known: KnownSeries;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly value: number;
  /** It ends its series. */
  readonly stale: boolean;
}

export function addSample(batch: Batch, { known, time, value, stale }: Sample): void {
  const row = batch.rows;
  batch.addId('');
  batch.column('Series', hash64).set(row, known);
  batch.column('TimeUnix', moment).set(row, time);
  batch.column('Value', double).set(row, value);
  if (stale) batch.column('Flags', whole).set(row, NO_RECORDED_VALUE);
  batch.bytes += SAMPLE_BYTES;
}

export interface SeriesRow {
  readonly known: KnownSeries;
  readonly labelled: LabelledSeries;
  readonly metadata: MetricMetadata;
  /** Days since 1970. */
  readonly day: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** It came in. */
  readonly bytes: number;
}

export function addSeries(batch: Batch, { known, labelled, metadata, day, now, bytes }: SeriesRow): void {
  const row = batch.rows;
  batch.addId('');
  batch.column('Day', dayColumn).set(row, day);
  batch.column('Series', hash64).set(row, known);
  batch.column('StoredAt', moment).set(row, now);
  batch.column('MetricName', category).set(row, labelled.metric);
  if (metadata.type !== '') batch.column('MetricType', category).set(row, metadata.type);
  if (metadata.unit !== '') batch.column('MetricUnit', category).set(row, metadata.unit);
  if (metadata.help !== '') batch.column('MetricDescription', text).set(row, metadata.help);
  batch.column('ServiceName', category).set(row, labelled.service);
  batch.column('ResourceAttributes', map).set(row, labelled.resource);
  batch.column('Attributes', map).set(row, labelled.attributes);
  batch.bytes += bytes + BESIDE;
}
