import type { Batch } from '../../events/columns/batch.ts';
import { time as moment } from '../../events/columns/common.ts';
import { double, hash64, list, whole } from '../tables/columns.ts';
import type { KnownSeries } from './known-series.ts';
import { NO_RECORDED_VALUE } from './protocol.ts';
import type { SentBuckets, SentHistogram } from './read-histogram.ts';

const BESIDE = 60;
const BUCKET_BYTES = 12;

/** A batch of native histograms. */
export class HistogramRows {
  readonly #batch: Batch;

  constructor(batch: Batch) {
    this.#batch = batch;
  }

  add(known: KnownSeries, histogram: SentHistogram): void {
    const batch = this.#batch;
    const row = batch.rows;
    const { positive, negative, bounds, stale, resetHint } = histogram;
    batch.addId('');
    batch.column('Series', hash64).set(row, known);
    batch.column('TimeUnix', moment).set(row, histogram.time);
    batch.column('Count', double).set(row, histogram.count);
    batch.column('Sum', double).set(row, histogram.sum);
    batch.column('Schema', whole).set(row, histogram.schema);
    batch.column('ZeroThreshold', double).set(row, histogram.zeroThreshold);
    batch.column('ZeroCount', double).set(row, histogram.zeroCount);
    this.#addBuckets('Positive', positive);
    this.#addBuckets('Negative', negative);
    if (bounds.length > 0) batch.column('Bounds', COLUMNS.numbers).set(row, JSON.stringify(bounds));
    if (resetHint !== 0) batch.column('ResetHint', whole).set(row, resetHint);
    if (stale) batch.column('Flags', whole).set(row, NO_RECORDED_VALUE);
    const buckets = positive.counts.length + negative.counts.length + bounds.length;
    batch.bytes += BESIDE + BUCKET_BYTES * buckets;
  }

  #addBuckets(side: 'Positive' | 'Negative', { indexes, counts }: SentBuckets): void {
    if (indexes.length === 0) return;
    const row = this.#batch.rows - 1;
    this.#batch.column(`${side}Indexes`, COLUMNS.indexes).set(row, JSON.stringify(indexes));
    this.#batch.column(`${side}Counts`, COLUMNS.numbers).set(row, JSON.stringify(counts));
  }
}

const COLUMNS = {
  indexes: () => list('Array(Int32)'),
  numbers: () => list('Array(Float64)'),
};
