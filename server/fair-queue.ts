/**
 * What waits, of several: each of them is next in turn, however much one of them has waiting; of one's own the first that came.
 * Example: `a1 a2 a3 b1` come out as `a1 b1 a2 a3`
 */
export class FairQueue<Item> {
  readonly #waiting = new Map<string, Item[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(of: string, item: Item): void {
    const own = this.#waiting.get(of);
    if (own === undefined) this.#waiting.set(of, [item]);
    else own.push(item);
    this.#length++;
  }

  /** The next, of those whose turn it may be. */
  shift(may: (of: string) => boolean = () => true): Item | undefined {
    for (const [of, own] of this.#waiting) {
      if (!may(of)) continue;
      const item = own.shift();
      // Behind all others, with what it has left.
      this.#waiting.delete(of);
      if (own.length > 0) this.#waiting.set(of, own);
      this.#length--;
      return item;
    }
    return undefined;
  }
}
