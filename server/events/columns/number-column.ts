import { type Data, Float64, makeData } from 'apache-arrow';
import { type Validity, validity } from '../../store/lake/arrow/values.ts';
import { type Column, capacityFor } from './column.ts';

/** Nullable(Float64). NaN stands for NULL inside: JSON has no NaN, so no value can be mistaken for it. */
export class NumberColumn implements Column {
  #values = new Float64Array(0);
  empty = true;

  set(row: number, value: number): void {
    if (row >= this.#values.length) this.#grow(row);
    this.#values[row] = value;
    this.empty = false;
  }

  /** The value at a position, or undefined for NULL. */
  get(row: number): number | undefined {
    const value = this.#values[row];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  keep(positions: readonly number[]): void {
    const values = new Float64Array(capacityFor(positions.length, 0)).fill(Number.NaN);
    for (let i = 0; i < positions.length; i++) values[i] = this.#values[positions[i]!] ?? Number.NaN;
    this.#values = values;
  }

  toArrow(rows: number): Data {
    const { values, nulls } = this.first(rows);
    return makeData({ type: new Float64(), length: rows, data: values, ...nulls });
  }

  /** The first `rows` values, and which of them are NULL. */
  protected first(rows: number): { values: Float64Array; nulls: Validity } {
    if (rows > this.#values.length) this.#grow(rows);
    const values = this.#values.subarray(0, rows);
    return { values, nulls: validity(rows, (i) => Number.isNaN(values[i])) };
  }

  #grow(row: number): void {
    const values = new Float64Array(capacityFor(row, this.#values.length));
    values.set(this.#values);
    values.fill(Number.NaN, this.#values.length);
    this.#values = values;
  }
}
