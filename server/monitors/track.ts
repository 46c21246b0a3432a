/** Anything with a length and numbers in it. */
type Vector = ArrayLike<number>;

/**
 * Sums of a vector over any run of buckets, in one subtraction per element: what every sliding window reads.
 * Buckets are numbered from 0; runs are half open.
 */
export class Track {
  readonly width: number;
  readonly buckets: number;
  /** Row b holds the sum of buckets 0 … b − 1; the last column is the vector's own sum. */
  readonly #sums: Float64Array;

  private constructor(width: number, buckets: number) {
    this.width = width;
    this.buckets = buckets;
    this.#sums = new Float64Array((buckets + 1) * (width + 1));
  }

  /**
   * `of(bucket)` is the vector of a bucket, or undefined when nothing was seen.
   * `Track.of(1, 3, (b) => [b]).sum(0, 1, 3)` → 3
   */
  static of(width: number, buckets: number, of: (bucket: number) => Vector | undefined): Track {
    const track = new Track(width, buckets);
    const sums = track.#sums;
    const step = width + 1;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const from = bucket * step;
      const to = from + step;
      for (let j = 0; j < step; j++) sums[to + j] = sums[from + j]!;
      const vector = of(bucket);
      if (vector === undefined) continue;
      for (let j = 0; j < width; j++) {
        const value = vector[j]!;
        sums[to + j]! += value;
        sums[to + width]! += value;
      }
    }
    return track;
  }

  /** The same history without its first buckets. */
  from(bucket: number): Track {
    if (bucket === 0) return this;
    const track = new Track(this.width, this.buckets - bucket);
    track.#sums.set(this.#sums.subarray(bucket * (this.width + 1)));
    return track;
  }

  /** One element over the buckets from … to − 1. */
  sum(element: number, from: number, to: number): number {
    const step = this.width + 1;
    return this.#sums[to * step + element]! - this.#sums[from * step + element]!;
  }

  /** All elements over the buckets: for counts, how many were seen. */
  total(from: number, to: number): number {
    return this.sum(this.width, from, to);
  }

  /** The whole vector over the buckets. */
  between(from: number, to: number): number[] {
    const vector = new Array<number>(this.width);
    for (let j = 0; j < this.width; j++) vector[j] = this.sum(j, from, to);
    return vector;
  }
}

/** A run of buckets that ends with the judged one. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly n: number;
}

/**
 * The window that ends with bucket `index`: `buckets` long, doubled until it holds `minN`, at most `maxBuckets` long.
 * It may hold fewer in the end: then there is not enough data.
 */
export function widen(
  count: (from: number, to: number) => number,
  index: number,
  buckets: number,
  minN: number,
  maxBuckets: number,
): Window {
  const to = index + 1;
  for (let length = buckets; ; length *= 2) {
    const from = Math.max(0, to - Math.min(length, maxBuckets));
    const n = count(from, to);
    if (n >= minN || from === 0 || length >= maxBuckets) return { from, to, n };
  }
}
