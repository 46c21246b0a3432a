/** So many values are told apart exactly; beyond, their number is estimated, to about 1.6 %. */
const EXACT = 4096;

/** Slots at first; at most half of them are taken. */
const SLOTS = 16;

/**
 * Counts distinct texts in bounded memory: keeps the hashes that fall into a share of all, which is halved whenever there
 * are too many (Wegman's adaptive sampling). Of ten thousand columns there are ten thousand of these: hashes lie in a table of
 * numbers, which takes a quarter of what a Set does.
 */
export class DistinctCount {
  /** Hashes where they belong or behind it; 0 is a free slot. */
  #slots = new Float64Array(SLOTS);
  #size = 0;
  /** One hash in 2^#depth is kept. */
  #depth = 0;

  add(text: string): void {
    const hash = hashOf(text) || 2 ** 53;
    if (!this.#keeps(hash) || !this.#put(hash)) return;
    while (this.#size > EXACT) this.#thin();
    if (2 * this.#size > this.#slots.length) this.#refill(2 * this.#slots.length, this.#slots);
  }

  get count(): number {
    return this.#size * 2 ** this.#depth;
  }

  #thin(): void {
    this.#depth++;
    this.#refill(
      this.#slots.length,
      this.#slots.filter((hash) => this.#keeps(hash)),
    );
  }

  #refill(length: number, hashes: Float64Array): void {
    this.#slots = new Float64Array(length);
    this.#size = 0;
    for (const hash of hashes) if (hash !== 0) this.#put(hash);
  }

  /** @returns whether it was not there. */
  #put(hash: number): boolean {
    const last = this.#slots.length - 1;
    // By the upper bits: the lower ones of those that are kept are alike.
    let at = (hash / 2 ** 21) & last;
    for (; this.#slots[at] !== 0; at = (at + 1) & last) if (this.#slots[at] === hash) return false;
    this.#slots[at] = hash;
    this.#size++;
    return true;
  }

  #keeps(hash: number): boolean {
    return hash % 2 ** this.#depth === 0;
  }
}

/** 53 bits of two multiplications (cyrb53): among a few thousand texts no two are taken for one. */
function hashOf(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
