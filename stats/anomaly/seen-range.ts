/** Values below this share of what they are compared with are rounding. */
const ROUNDING = 1e-9;
/** How far outside a value lies when nothing else was ever seen, in ranges. */
const BEYOND_CONSTANT = 1;

/**
 * The range of all that a stream has been, except the newest values: a slow rise must not widen what it is held against. Memory is constant.
 */
export class SeenRange {
  readonly #waiting: number[] = [];
  readonly #guard: number;
  #low = Infinity;
  #high = -Infinity;
  #seen = 0;

  /** `guard`: so many of the newest values are not part of it. */
  constructor(guard: number) {
    this.#guard = guard;
  }

  /** Values that make it up. */
  get seen(): number {
    return this.#seen;
  }

  /** Infinity and −Infinity while there is none. */
  get low(): number {
    return this.#low;
  }

  get high(): number {
    return this.#high;
  }

  /** After one more value, which is finite. */
  add(value: number): void {
    this.#waiting.push(value);
    if (this.#waiting.length <= this.#guard) return;
    const old = this.#waiting.shift()!;
    this.#low = Math.min(this.#low, old);
    this.#high = Math.max(this.#high, old);
    this.#seen++;
  }

  /**
   * How far outside the range a value lies, in lengths of the range: 0 or less within it. Where nothing ever moved, whatever differs lies one range
   * outside. 0 while nothing was seen.
   */
  outside(value: number): number {
    if (this.#seen === 0) return 0;
    const beyond = Math.max(value - this.#high, this.#low - value);
    const range = this.#high - this.#low;
    const rounding = ROUNDING * Math.max(Math.abs(this.#high), Math.abs(this.#low));
    if (range <= rounding) return beyond <= rounding ? 0 : BEYOND_CONSTANT;
    return beyond / range;
  }
}
