import { Batch } from '../../events/columns/batch.ts';
import { category, time as moment, text } from '../../events/columns/common.ts';
import type { Ingest } from '../../events/ingest.ts';
import { day as dayColumn, double, hash64, map, whole } from '../tables/columns.ts';
import type { TelemetryTally } from '../tally.ts';
import type { KnownSeries } from './known-series.ts';
import type { LabelledSeries } from './labels.ts';
import type { MetricMetadata } from './metadata.ts';

const SAMPLES = 'tiltmeter.metric_samples';
const SERIES = 'tiltmeter.metric_series';
const SAMPLE_BYTES = 32;
const BESIDE = 200;
/** Flag of OTLP: nothing is told any more. */
const NO_RECORDED_VALUE = 1;

/** The batches that take rows of a sender between two of its turns, each opened with the first of them; the tally waits for what was opened. */
export class OpenRows {
  readonly #ingest: Ingest;
  readonly #by: string;
  readonly #tally: Pick<TelemetryTally, 'waitFor'>;
  #samples: Batch | undefined;
  #series: Batch | undefined;

  constructor(ingest: Ingest, by: string, tally: Pick<TelemetryTally, 'waitFor'>) {
    this.#ingest = ingest;
    this.#by = by;
    this.#tally = tally;
  }

  samples(): Batch {
    this.#samples ??= this.#open(SAMPLES);
    return this.#samples;
  }

  series(): Batch {
    this.#series ??= this.#open(SERIES);
    return this.#series;
  }

  /** To be called before anything is awaited: what is open now may be written then. */
  leave(): void {
    this.#samples = undefined;
    this.#series = undefined;
  }

  #open(table: string): Batch {
    const { batch, stored } = this.#ingest.open(table, () => new Batch(table), this.#by);
    this.#tally.waitFor(stored);
    return batch;
  }
}

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
