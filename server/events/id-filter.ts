/** Words of one block: 512 bits, one cache line. All bits of an id lie in one block. */
const BLOCK = 16;
const BITS_PER_ID = 32;
const HASHES = 8;
const FIRST_CAPACITY = 1024;
const GROWTH = 4;

interface Slice {
  readonly words: Uint32Array;
  readonly blocks: number;
  readonly capacity: number;
  count: number;
}

/**
 * A set of ids that forgets none and sometimes claims one that was never added: "no" is certain, "yes" must be
 * confirmed by a look-up. A blocked Bloom filter (Putze, Sanders, Singler 2007) that grows by adding slices of four
 * times the size; at 32 bits an id about 1 in 100,000 new ids needs a look-up. Once `maxBytes` is reached the last
 * slice fills beyond its capacity: more look-ups, never a wrong "no".
 */
export class IdFilter {
  readonly #slices: Slice[] = [];
  readonly #reserve: (bytes: number) => boolean;

  /** `reserve` grants memory for a new slice, or refuses it. */
  constructor(reserve: (bytes: number) => boolean = () => true) {
    this.#reserve = reserve;
  }

  /** Adds the id. False: it was certainly not there before. */
  add(id: string): boolean {
    const [h1, h2] = hash(id);
    const known = this.#has(h1, h2);
    if (!known) this.#insert(h1, h2);
    return known;
  }

  has(id: string): boolean {
    const [h1, h2] = hash(id);
    return this.#has(h1, h2);
  }

  get bytes(): number {
    return this.#slices.reduce((sum, slice) => sum + slice.words.byteLength, 0);
  }

  #has(h1: number, h2: number): boolean {
    for (let s = this.#slices.length - 1; s >= 0; s--) {
      const slice = this.#slices[s]!;
      const base = ((((h1 >>> 0) * slice.blocks) / 4294967296) | 0) * BLOCK;
      let found = true;
      let h = h2;
      for (let k = 0; k < HASHES; k++) {
        h = (Math.imul(h ^ (h >>> 15), 0x9e3779b1) + k) | 0;
        if ((slice.words[base + ((h >>> 5) & 15)]! & (1 << (h & 31))) === 0) {
          found = false;
          break;
        }
      }
      if (found) return true;
    }
    return false;
  }

  #insert(h1: number, h2: number): void {
    const slice = this.#room();
    const base = ((((h1 >>> 0) * slice.blocks) / 4294967296) | 0) * BLOCK;
    let h = h2;
    for (let k = 0; k < HASHES; k++) {
      h = (Math.imul(h ^ (h >>> 15), 0x9e3779b1) + k) | 0;
      slice.words[base + ((h >>> 5) & 15)]! |= 1 << (h & 31);
    }
    slice.count++;
  }

  #room(): Slice {
    const last = this.#slices.at(-1);
    if (last !== undefined && last.count < last.capacity) return last;
    const capacity = last === undefined ? FIRST_CAPACITY : last.capacity * GROWTH;
    const blocks = Math.ceil((capacity * BITS_PER_ID) / (BLOCK * 32));
    if (last !== undefined && !this.#reserve(blocks * BLOCK * 4)) return last;
    const slice = { words: new Uint32Array(blocks * BLOCK), blocks, capacity, count: 0 };
    this.#slices.push(slice);
    return slice;
  }
}

const pair: [number, number] = [0, 0];

/** Two 32-bit hashes of a text in one pass over its UTF-16 units (cyrb53's mixing, public domain). The pair is reused. */
function hash(text: string): [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  pair[0] = a | 0;
  pair[1] = b | 0;
  return pair;
}
