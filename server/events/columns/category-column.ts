import type { Data } from 'apache-arrow';
import { dictionaryData, type Validity, validity } from '../../store/lake/arrow/values.ts';
import { type Column, capacityFor } from './column.ts';

/** LowCardinality(Nullable(String)) or, with `fallback`, LowCardinality(String): each distinct text is stored once. */
export class CategoryColumn implements Column {
  #codes = new Int32Array(0);
  #texts: string[] = [];
  #codeOf = new Map<string, number>();
  readonly #fallback: string | undefined;
  #last = '';
  #lastCode = -1;
  empty = true;

  constructor(fallback?: string) {
    this.#fallback = fallback;
  }

  set(row: number, text: string): void {
    if (row >= this.#codes.length) this.#grow(row);
    this.#codes[row] = this.#code(text);
    this.empty = false;
  }

  get(row: number): string | undefined {
    const code = this.#codes[row] ?? -1;
    return code < 0 ? this.#fallback : this.#texts[code];
  }

  keep(positions: readonly number[]): void {
    const codes = new Int32Array(capacityFor(positions.length, 0)).fill(-1);
    for (let i = 0; i < positions.length; i++) codes[i] = this.#codes[positions[i]!] ?? -1;
    this.#codes = codes;
  }

  toArrow(rows: number): Data {
    if (rows > this.#codes.length) this.#grow(rows);
    const fallback = this.#fallback === undefined ? -1 : this.#code(this.#fallback);
    const codes = this.#codes.slice(0, rows);
    let nulls: Validity = { nullCount: 0 };
    if (fallback < 0) nulls = validity(rows, (i) => codes[i]! < 0);
    for (let i = 0; i < rows; i++) if (codes[i]! < 0) codes[i] = Math.max(fallback, 0);
    return dictionaryData(codes, this.#texts, nulls);
  }

  #code(text: string): number {
    if (text === this.#last && this.#lastCode >= 0) return this.#lastCode;
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      code = this.#texts.length;
      this.#texts.push(text);
      this.#codeOf.set(text, code);
    }
    this.#last = text;
    this.#lastCode = code;
    return code;
  }

  #grow(row: number): void {
    const codes = new Int32Array(capacityFor(row, this.#codes.length)).fill(-1);
    codes.set(this.#codes);
    this.#codes = codes;
  }
}
