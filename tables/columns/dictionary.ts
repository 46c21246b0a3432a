const SMALLEST = 64;

/** Where the pieces of a dictionary lie in its text, and the hashes of their bytes. */
export interface Pieces {
  readonly from: number[];
  readonly length: number[];
  readonly hashes: number[];
}

/** Pieces of one text told apart, each numbered in the order of its first appearance, from 0. */
export class Dictionary {
  readonly #bytes: Buffer;
  readonly #from: number[];
  readonly #length: number[];
  readonly #hashes: number[];
  /** The number of a piece and one, at its hash's place or the next free one. */
  #places: Int32Array;

  /** @param pieces those that are known already. */
  constructor(bytes: Buffer, pieces: Pieces = { from: [], length: [], hashes: [] }) {
    this.#bytes = bytes;
    this.#from = pieces.from;
    this.#length = pieces.length;
    this.#hashes = pieces.hashes;
    this.#places = this.#placed(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(4 * this.size + 1))));
  }

  get pieces(): Pieces {
    return { from: this.#from, length: this.#length, hashes: this.#hashes };
  }

  get size(): number {
    return this.#from.length;
  }

  /** The number of the piece of these bytes; the next one when it is new. */
  numberOf(from: number, to: number): number {
    const bytes = this.#bytes;
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (;;) {
      const known = this.#places[place]! - 1;
      if (known < 0) break;
      if (this.#hashes[known] === hash && this.#is(known, from, to)) return known;
      place = (place + 1) & mask;
    }
    const number = this.#from.push(from) - 1;
    this.#length.push(to - from);
    this.#hashes.push(hash);
    this.#places[place] = number + 1;
    if (2 * number > mask) this.#places = this.#placed(2 * this.#places.length);
    return number;
  }

  #is(known: number, from: number, to: number): boolean {
    if (this.#length[known] !== to - from) return false;
    const other = this.#from[known]! - from;
    for (let at = from; at < to; at++) if (this.#bytes[at] !== this.#bytes[at + other]) return false;
    return true;
  }

  /** Places for all pieces. @param size a power of two. */
  #placed(size: number): Int32Array {
    const places = new Int32Array(size);
    const mask = size - 1;
    this.#hashes.forEach((hash, number) => {
      let place = hash & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = number + 1;
    });
    return places;
  }
}
