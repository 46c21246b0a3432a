/** The newest values of a stream, in order of size, so that quantiles of them can be asked for. */
export class RankedValues {
  readonly #most: number;
  /** In order of time, and of size. */
  readonly #arrived: number[] = [];
  readonly #ranked: number[] = [];
  #sizes = 0;

  /** `most`: how many are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#ranked.length;
  }

  /** The mean of their absolute values; ∞ without any. */
  get meanSize(): number {
    return this.size === 0 ? Infinity : this.#sizes / this.size;
  }

  /** One more finite value. O(most). */
  add(value: number): void {
    this.#arrived.push(value);
    this.#ranked.splice(this.#place(value), 0, value);
    this.#sizes += Math.abs(value);
    if (this.#arrived.length <= this.#most) return;
    const old = this.#arrived.shift()!;
    this.#ranked.splice(this.#place(old), 1);
    this.#sizes -= Math.abs(old);
  }

  /**
   * The quantile that a further value lies below with this chance, between the smallest and the largest there is; NaN without any.
   * Weibull's plotting positions, p · (n + 1): R-6.
   */
  quantile(p: number): number {
    const n = this.size;
    const place = Math.min(n, Math.max(1, p * (n + 1)));
    const below = Math.floor(place);
    const low = this.#ranked[below - 1]!;
    const high = this.#ranked[Math.min(n, below + 1) - 1]!;
    return low + (place - below) * (high - low);
  }

  /** Where the value stands, or would stand: the number of values below it. */
  #place(value: number): number {
    let [from, to] = [0, this.#ranked.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#ranked[middle]! < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
