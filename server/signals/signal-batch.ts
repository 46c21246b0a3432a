import type { Ctx } from '../context.ts';
import { arrowBatch } from '../store/lake/arrow.ts';
import type { Measurement } from './measurement.ts';
import type { Series } from './series.ts';

interface Row {
  readonly series: Series;
  readonly time: number;
  readonly measured: Measurement;
}

const ROWS = 100_000;

/** Collects the values of many series and stores them in the lake in large inserts. Call `flush` at the end. */
export class SignalBatch {
  readonly #ctx: Pick<Ctx, 'lake'>;
  readonly #knownAt: number;
  #rows: Row[] = [];
  #stored = 0;

  constructor(ctx: Pick<Ctx, 'lake'>, knownAt: number) {
    this.#ctx = ctx;
    this.#knownAt = knownAt;
  }

  /** How many values were stored. */
  get stored(): number {
    return this.#stored;
  }

  async add(series: Series, points: Iterable<{ time: number; measured: Measurement }>): Promise<void> {
    for (const { time, measured } of points) this.#rows.push({ series, time, measured });
    if (this.#rows.length >= ROWS) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#rows = [];
    const text = (name: string, of: (row: Row) => string) =>
      ({ name, kind: 'text', values: rows.map(of) }) as const;
    const number = (name: string, of: (row: Row) => number | null) =>
      ({ name, kind: 'float64', values: rows.map(of) }) as const;
    await this.#ctx.lake.insert(
      arrowBatch('tiltmeter.signals', [
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
        { name: 'known_at', kind: 'timestamp', values: rows.map(() => this.#knownAt) },
        number('value', ({ measured }) => measured.value),
        number('low', ({ measured }) => measured.low),
        number('high', ({ measured }) => measured.high),
        { name: 'n', kind: 'uint64', values: rows.map(({ measured }) => measured.n) },
        number('threshold', ({ measured }) => measured.threshold),
        text('status', ({ measured }) => measured.status),
      ]),
    );
    this.#stored += rows.length;
  }
}
