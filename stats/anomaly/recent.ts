import { median } from './median.ts';

/** The newest `length` values of a stream. */
export class Recent {
  readonly #values: number[] = [];
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > this.#length) this.#values.shift();
  }

  /** Their median; undefined while there are fewer. O(length log length). */
  median(): number | undefined {
    return this.#values.length < this.#length ? undefined : median([...this.#values]);
  }

  /** Their mean; undefined while there are fewer. Added up anew, so that rounding does not gather. */
  mean(): number | undefined {
    if (this.#values.length < this.#length) return undefined;
    return this.#values.reduce((sum, value) => sum + value, 0) / this.#length;
  }
}
