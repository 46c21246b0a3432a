/** Senders whose time is remembered before those who are not ahead of the others are forgotten. */
const REMEMBERED = 1_000;
/** However long a sender had it, it does not wait for longer than that until the others have had as much. */
const MOST_AHEAD_MS = 500;

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
  #scheduled = false;

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
      this.#schedule();
    });
  }

  /** Two callbacks, one right behind the other: what was begun in the first has had its turn when the second runs, and nobody else's work is between. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    let given: { readonly to: string; readonly at: number } | undefined;
    setImmediate(() => {
      given = { to: this.#give(), at: this.#monotonic() };
    });
    setImmediate(() => {
      this.#scheduled = false;
      if (given !== undefined) this.#add(given.to, this.#monotonic() - given.at);
      if (this.#waiting.size > 0) this.#schedule();
    });
  }

  /** Gives the next turn; who has it. */
  #give(): string {
    const of = this.#least();
    this.#floor = this.#had.get(of)!;
    const own = this.#waiting.get(of)!;
    const begin = own.shift()!;
    // Behind all others who have had as much.
    this.#waiting.delete(of);
    if (own.length > 0) this.#waiting.set(of, own);
    begin();
    return of;
  }

  #add(sender: string, ms: number): void {
    const had = (this.#had.get(sender) ?? this.#floor) + ms;
    this.#had.set(sender, Math.min(had, this.#floor + MOST_AHEAD_MS));
    if (this.#had.size <= REMEMBERED) return;
    for (const [name, had] of this.#had)
      if (had <= this.#floor && !this.#waiting.has(name)) this.#had.delete(name);
  }

  /** Of those who wait, and somebody does, who has had it for the shortest time. */
  #least(): string {
    const [first, ...others] = this.#waiting.keys();
    return others.reduce(
      (least, sender) => (this.#had.get(sender)! < this.#had.get(least)! ? sender : least),
      first!,
    );
  }
}

/** Milliseconds of work after which another turn is waited for. */
export const PIECE_MS = 5;
