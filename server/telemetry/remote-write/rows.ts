import { Batch } from '../../events/columns/batch.ts';
import { category, time as moment, text } from '../../events/columns/common.ts';
import { map } from '../../events/columns/map-column.ts';
import type { Ingest } from '../../events/ingest.ts';
import { day as dayColumn, double, hash64, whole } from '../tables/columns.ts';
import type { TelemetryTally } from '../tally.ts';
import { HistogramRows } from './histogram-rows.ts';
import type { KnownSeries } from './known-series.ts';
import type { LabelledSeries } from './labels.ts';
import type { MetricMetadata } from './metadata.ts';
import { NO_RECORDED_VALUE } from './protocol.ts';

const SAMPLES = 'tiltmeter.metric_samples';
const HISTOGRAMS = 'tiltmeter.metric_histograms';
const SERIES = 'tiltmeter.metric_series';
const SAMPLE_BYTES = 32;
const BESIDE = 200;

/** The batches that take rows of a sender between two of its turns, each opened with the first of them; the tally waits for what was opened. */
export class OpenRows {
  readonly #ingest: Ingest;
  readonly #by: string;
  readonly #tally: Pick<TelemetryTally, 'waitFor'>;
  #samples: SampleRows | undefined;
  #histograms: HistogramRows | undefined;
  #series: Batch | undefined;

  constructor(ingest: Ingest, by: string, tally: Pick<TelemetryTally, 'waitFor'>) {
    this.#ingest = ingest;
    this.#by = by;
    this.#tally = tally;
  }

  samples(): SampleRows {
    this.#samples ??= new SampleRows(this.#open(SAMPLES));
    return this.#samples;
  }

  histograms(): HistogramRows {
    this.#histograms ??= new HistogramRows(this.#open(HISTOGRAMS));
    return this.#histograms;
  }

  series(): Batch {
    this.#series ??= this.#open(SERIES);
    return this.#series;
  }

  /** To be called before anything is awaited: what is open now may be written then. */
  leave(): void {
    this.#samples = undefined;
    this.#histograms = undefined;
    this.#series = undefined;
  }

  #open(table: string): Batch {
    const { batch, stored } = this.#ingest.open(table, () => new Batch(table), this.#by);
    this.#tally.waitFor(stored);
    return batch;
  }
}

/** A batch of samples: its columns are looked up once, and not for each of hundreds of thousands a second. */
export class SampleRows {
  readonly #batch: Batch;
  readonly #series: ReturnType<typeof hash64>;
  readonly #times: ReturnType<typeof moment>;
  readonly #values: ReturnType<typeof double>;

  constructor(batch: Batch) {
    this.#batch = batch;
    this.#series = batch.column('Series', hash64);
    this.#times = batch.column('TimeUnix', moment);
    this.#values = batch.column('Value', double);
  }

  /** `time` in epoch milliseconds; `stale`: it ends its series. */
  add(known: KnownSeries, time: number, value: number, stale: boolean): void {
    const batch = this.#batch;
    const row = batch.rows;
    batch.addId('');
    this.#series.set(row, known);
    this.#times.set(row, time);
    this.#values.set(row, value);
    if (stale) batch.column('Flags', whole).set(row, NO_RECORDED_VALUE);
    batch.bytes += SAMPLE_BYTES;
  }
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
