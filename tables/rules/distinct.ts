/** So many values are told apart exactly; beyond, their number is estimated, to about 1.6 %. */
const EXACT = 4096;

/**
 * Counts distinct texts in bounded memory: keeps the hashes that fall into a share of all, which is halved whenever there
 * are too many (Wegman's adaptive sampling).
 */
export class DistinctCount {
  #hashes = new Set<number>();
  /** One hash in 2^#depth is kept. */
  #depth = 0;

  add(text: string): void {
    const hash = hashOf(text);
    if (!this.#keeps(hash)) return;
    this.#hashes.add(hash);
    while (this.#hashes.size > EXACT) {
      this.#depth++;
      this.#hashes = new Set([...this.#hashes].filter((each) => this.#keeps(each)));
    }
  }

  get count(): number {
    return this.#hashes.size * 2 ** this.#depth;
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
