import type { Ctx } from '../context.ts';
import { arrowBatch } from '../store/lake/arrow/batch.ts';
import { groupedInserts } from '../store/lake/grouped-insert.ts';
import type { Quality } from './heads/head.ts';
import { keepHead } from './heads/keep-head.ts';
import type { Headline } from './heads/seed-head.ts';
import type { Measurement } from './measurement.ts';
import type { Known } from './queries/signal-range.ts';
import type { Series } from './series.ts';

interface Row {
  readonly series: Series;
  readonly known: Known;
  readonly time: number;
  readonly measured: Measurement;
}

const ROWS = 100_000;

/**
 * Collects the values of many series and stores them in the lake in large inserts; the heads of their models follow.
 * Call `flush` at the end.
 */
export class SignalBatch {
  readonly #ctx: Pick<Ctx, 'lake' | 'ledger'>;
  readonly #knownAt: number;
  readonly #headline: Headline;
  #rows: Row[] = [];
  #stored = 0;

  constructor(ctx: Pick<Ctx, 'lake' | 'ledger'>, knownAt: number, headline: Headline) {
    this.#ctx = ctx;
    this.#knownAt = knownAt;
    this.#headline = headline;
  }

  /** How many values were stored. */
  get stored(): number {
    return this.#stored;
  }

  /**
   * `then`: the buckets are judged for the first time; `now`: they were judged before, and that value is kept beside this
   * one. Of each two values are kept, whatever is stored under the same word replaces what was.
   */
  async add(
    series: Series,
    points: Iterable<{ time: number; measured: Measurement }>,
    known: Known = 'then',
  ): Promise<void> {
    for (const { time, measured } of points) this.#rows.push({ series, known, time, measured });
    if (this.#rows.length >= ROWS) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#rows = [];
    const knownAt = this.#knownAt;
    await insertSignals(
      this.#ctx.lake,
      rows.map((row) => ({ ...row, knownAt })),
    );
    for (const [model, own] of Map.groupBy(rows, ({ series }) => series.model))
      await keepHead(this.#ctx, model, this.#headline, this.#told(own));
    this.#stored += rows.length;
  }

  /** What the head of a model is to know of its rows. */
  #told(rows: readonly Row[]): Parameters<typeof keepHead>[3] {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { time } of rows) {
      if (time < first) first = time;
      if (time > last) last = time;
    }
    const quality = [...Map.groupBy(rows, ({ series }) => series)].flatMap(([series, own]): Quality[] => {
      const { kind, metric, monitor, column, segment, version } = series;
      const rank = this.#headline(kind, metric);
      if (rank === null || `${column}${segment}${version}` !== '') return [];
      const points = own.map(({ time, measured: { value, low, high, n, baseline, window } }) => ({
        ...{ time, value, low, high, n },
        ...(value === null ? {} : { baseline, window }),
      }));
      return [{ monitor, metric, rank, points }];
    });
    return { first, last, quality };
  }
}

const insertSignals = groupedInserts((rows: readonly (Row & { readonly knownAt: number })[]) => {
  const text = (name: string, of: (row: Row) => string) =>
    ({ name, kind: 'text', values: rows.map(of) }) as const;
  const number = (name: string, of: (row: Row) => number | null) =>
    ({ name, kind: 'float64', values: rows.map(of) }) as const;
  return arrowBatch('tiltmeter.signal_values', [
    text('model', ({ series }) => series.model),
    text('monitor', ({ series }) => series.monitor),
    text('kind', ({ series }) => series.kind),
    text('metric', ({ series }) => series.metric),
    text('layer', ({ series }) => series.layer),
    text('column', ({ series }) => series.column),
    text('segment', ({ series }) => series.segment),
    text('version', ({ series }) => series.version),
    text('definition', ({ series }) => series.definition),
    text('unit', ({ series }) => series.unit),
    { name: 'time', kind: 'timestamp', values: rows.map(({ time }) => time) },
    text('known', ({ known }) => known),
    { name: 'known_at', kind: 'timestamp', values: rows.map(({ knownAt }) => knownAt) },
    number('value', ({ measured }) => measured.value),
    number('low', ({ measured }) => measured.low),
    number('high', ({ measured }) => measured.high),
    { name: 'n', kind: 'uint64', values: rows.map(({ measured }) => measured.n) },
    number('threshold', ({ measured }) => measured.threshold),
    text('status', ({ measured }) => measured.status),
  ]);
});
