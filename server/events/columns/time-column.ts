import { type Data, Int64, makeData } from 'apache-arrow';
import { type Column, capacityFor, validity } from './column.ts';

/** DateTime64(3, 'UTC') from epoch milliseconds; NULL where nothing was written (NaN inside). */
export class TimeColumn implements Column {
  #values = new Float64Array(0);
  empty = true;
  readonly select = (quoted: string) => `fromUnixTimestamp64Milli(${quoted}, 'UTC')`;

  set(row: number, ms: number): void {
    if (row >= this.#values.length) this.#grow(row);
    this.#values[row] = ms;
    this.empty = false;
  }

  get(row: number): number | undefined {
    const ms = this.#values[row];
    return ms === undefined || Number.isNaN(ms) ? undefined : ms;
  }

  keep(positions: readonly number[]): void {
    const values = new Float64Array(capacityFor(positions.length, 0)).fill(Number.NaN);
    for (let i = 0; i < positions.length; i++) values[i] = this.#values[positions[i]!] ?? Number.NaN;
    this.#values = values;
  }

  toArrow(rows: number): Data {
    if (rows > this.#values.length) this.#grow(rows);
    const values = this.#values;
    // Two 32-bit words, low first: no BigInt is made per row.
    const words = new Int32Array(rows * 2);
    for (let i = 0; i < rows; i++) {
      const ms = values[i]!;
      words[2 * i] = (ms % 4294967296) | 0;
      words[2 * i + 1] = Math.floor(ms / 4294967296);
    }
    const nulls = validity(rows, (i) => Number.isNaN(values[i]));
    return makeData({ type: new Int64(), length: rows, data: new BigInt64Array(words.buffer), ...nulls });
  }

  #grow(row: number): void {
    const values = new Float64Array(capacityFor(row, this.#values.length));
    values.set(this.#values);
    values.fill(Number.NaN, this.#values.length);
    this.#values = values;
  }
}
