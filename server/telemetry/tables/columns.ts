import { type Data, Int64, makeData } from 'apache-arrow';
import type { Column } from '../../events/columns/column.ts';
import { capacityFor } from '../../events/columns/column.ts';
import { NumberColumn } from '../../events/columns/number-column.ts';
import { TextColumn } from '../../events/columns/text-column.ts';
import { wholeNumbers } from '../../store/lake/arrow/values.ts';
import type { Long64 } from '../otlp/messages.ts';

/** 64 bits in two halves, exactly; 0 where nothing was written. `select`: what the lake makes of them as Int64. */
class HalvesColumn implements Column {
  #halves = new Int32Array(0);
  empty = true;
  readonly select: (quoted: string) => string;

  constructor(select: (quoted: string) => string) {
    this.select = select;
  }

  set(row: number, { low, high }: Long64): void {
    if (2 * row + 1 >= this.#halves.length) this.#grow(2 * row + 1);
    this.#halves[2 * row] = low;
    this.#halves[2 * row + 1] = high;
    this.empty = false;
  }

  keep(positions: readonly number[]): void {
    const old = this.#halves;
    this.#halves = new Int32Array(capacityFor(2 * positions.length, 0));
    for (const [row, position] of positions.entries()) {
      this.#halves[2 * row] = old[2 * position] ?? 0;
      this.#halves[2 * row + 1] = old[2 * position + 1] ?? 0;
    }
  }

  toArrow(rows: number): Data {
    if (2 * rows > this.#halves.length) this.#grow(2 * rows);
    const data = new BigInt64Array(this.#halves.slice(0, 2 * rows).buffer);
    return makeData({ type: new Int64(), length: rows, nullCount: 0, data });
  }

  #grow(place: number): void {
    const halves = new Int32Array(capacityFor(place, this.#halves.length));
    halves.set(this.#halves);
    this.#halves = halves;
  }
}

/** Float64; NaN where the sender said so, or nothing. */
export class DoubleColumn extends NumberColumn {
  readonly select = (quoted: string) => `ifNull(${quoted}, nan)`;
}

/** A whole number within ±2^53, as the type that the lake has for it; 0 where nothing was written. */
export class WholeColumn extends NumberColumn {
  readonly select = (quoted: string) => `ifNull(${quoted}, 0)`;

  override toArrow(rows: number): Data {
    const { values, nulls } = this.first(rows);
    return makeData({ type: new Int64(), length: rows, data: wholeNumbers(values), ...nulls });
  }
}

/** A number of days since 1970, as Date. */
export class DayColumn extends WholeColumn {
  override readonly select = (quoted: string) => `toDate(ifNull(${quoted}, 0))`;
}

/** DateTime64(9) from epoch nanoseconds; 1970 where nothing was written. */
export const nanos = () => new HalvesColumn((quoted) => `fromUnixTimestamp64Nano(${quoted}, 'UTC')`);
/** UInt64. */
export const hash64 = () => new HalvesColumn((quoted) => `reinterpretAsUInt64(${quoted})`);
export const day = () => new DayColumn();
export const double = () => new DoubleColumn();
export const whole = () => new WholeColumn();

/** A list of each row, which travels as JSON; rows without one cost nothing. `part`: what of the list the column is. */
export const list = (type: string, part = (list: string) => list) =>
  new TextColumn((quoted) => part(`JSONExtract(${quoted}, '${type}')`));
