import { MISFIT } from '../../compute.ts';

/** A cell of a numeric column; null is missing. */
export type NumberCell = number | null | typeof MISFIT;
/** A cell of a categorical or boolean column; null is missing. */
export type TextCell = string | null | typeof MISFIT;

/** Cells of a numeric column, eight bytes each. Values are finite, which leaves NaN for missing and infinity for misfits. */
export class NumberCells {
  #values = new Float64Array(1024);
  length = 0;

  push(cell: NumberCell): void {
    if (this.length === this.#values.length) {
      const values = new Float64Array(2 * this.length);
      values.set(this.#values);
      this.#values = values;
    }
    this.#values[this.length++] =
      cell === null ? Number.NaN : cell === MISFIT ? Number.POSITIVE_INFINITY : cell;
  }

  at(i: number): NumberCell {
    const value = this.#values[i]!;
    if (Number.isFinite(value)) return value;
    return Number.isNaN(value) ? null : MISFIT;
  }

  *[Symbol.iterator](): Generator<NumberCell> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }
}

/** Cells of a column of text: each distinct text is held once. */
export class TextCells {
  #codes = new Int32Array(1024);
  readonly #texts: string[] = [];
  readonly #codeOf = new Map<string, number>();
  length = 0;

  push(cell: TextCell): void {
    if (this.length === this.#codes.length) {
      const codes = new Int32Array(2 * this.length);
      codes.set(this.#codes);
      this.#codes = codes;
    }
    this.#codes[this.length++] = cell === null ? -1 : cell === MISFIT ? -2 : this.#code(cell);
  }

  at(i: number): TextCell {
    const code = this.#codes[i]!;
    return code >= 0 ? this.#texts[code]! : code === -1 ? null : MISFIT;
  }

  /** Distinct texts. */
  get distinct(): number {
    return this.#texts.length;
  }

  /** How often each text stands in it, how many cells are missing, how many are misfits. */
  tally() {
    const times = new Int32Array(this.#texts.length);
    let missing = 0;
    let invalid = 0;
    for (let i = 0; i < this.length; i++) {
      const code = this.#codes[i]!;
      if (code >= 0) times[code]!++;
      else if (code === -1) missing++;
      else invalid++;
    }
    const texts = this.#texts;
    const counts = {
      *[Symbol.iterator](): Generator<readonly [string, number]> {
        for (let code = 0; code < texts.length; code++) yield [texts[code]!, times[code]!];
      },
    };
    return { n: this.length, missing, invalid, counts };
  }

  #code(text: string): number {
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      code = this.#texts.length;
      this.#texts.push(text);
      this.#codeOf.set(text, code);
    }
    return code;
  }
}
