/** Senders whose time is remembered before those who are not ahead of the others are forgotten. */
const REMEMBERED = 1_000;

/**
 * Who has the main thread next: the sender that has had it for the shortest time, of those who wait; between two pieces what came from outside
 * is looked at. So a sender has its share, and waits for one piece of another sender, however many requests that one has and however much there is
 * to do for each. Who did not want it for a while has saved nothing. What a turn is used for ends with the next wait: pieces are kept short
 * (`PIECE_MS`). `monotonic` in milliseconds.
 */
export class Turns {
  readonly #monotonic: () => number;
  readonly #waiting = new Map<string, (() => void)[]>();
  /** How long each has had it, from the same beginning. */
  readonly #had = new Map<string, number>();
  /** What the one had that got the last turn: whoever comes begins there. */
  #floor = 0;
  #last: { readonly of: string; readonly began: number } | undefined;
  #given: NodeJS.Immediate | undefined;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** Resolves when it is the sender's turn. */
  next(sender: string): Promise<void> {
    return new Promise((resolve) => {
      const own = this.#waiting.get(sender);
      if (own !== undefined) own.push(resolve);
      else {
        this.#waiting.set(sender, [resolve]);
        this.#had.set(sender, Math.max(this.#floor, this.#had.get(sender) ?? 0));
      }
      this.#given ??= setImmediate(() => this.#give());
    });
  }

  #give(): void {
    const now = this.#monotonic();
    if (this.#last !== undefined) this.#add(this.#last.of, now - this.#last.began);
    const of = this.#least();
    this.#last = of === undefined ? undefined : { of, began: now };
    // Also behind the last one: how long it took is known then.
    this.#given = of === undefined ? undefined : setImmediate(() => this.#give());
    if (of === undefined) return;
    this.#floor = this.#had.get(of)!;
    const own = this.#waiting.get(of)!;
    const begin = own.shift()!;
    // Behind all others who have had as much.
    this.#waiting.delete(of);
    if (own.length > 0) this.#waiting.set(of, own);
    begin();
  }

  #add(sender: string, ms: number): void {
    this.#had.set(sender, (this.#had.get(sender) ?? this.#floor) + ms);
    if (this.#had.size <= REMEMBERED) return;
    for (const [name, had] of this.#had)
      if (had <= this.#floor && !this.#waiting.has(name)) this.#had.delete(name);
  }

  #least(): string | undefined {
    let least: string | undefined;
    for (const sender of this.#waiting.keys())
      if (least === undefined || this.#had.get(sender)! < this.#had.get(least)!) least = sender;
    return least;
  }
}

/** Milliseconds of work after which another turn is waited for. */
export const PIECE_MS = 5;
