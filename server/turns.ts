/** Senders whose time is remembered before those who are not ahead of the others are forgotten. */
const REMEMBERED = 1_000;
/** However long a sender had it, it does not wait for longer than that until the others have had as much. */
const MOST_AHEAD_MS = 500;

/** Turns given one behind the other at most before what came from outside is looked at. */
const AT_ONCE = 32;

/**
 * Who has the main thread next: the sender that has had it for the shortest time, of those who wait. Turns follow each other for as long as what came
 * from outside had taken before them, at least `PIECE_MS`; then that is looked at. So a sender has its share, and waits for one piece of another
 * sender, however many requests that one has and however much there is to do for each; and those who wait have half of the time, however much else
 * there is. Who did not want it for a while has saved nothing. What a turn is used for ends with the next wait: pieces are kept short (`PIECE_MS`).
 * `monotonic` in milliseconds.
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
      this.#schedule(this.#monotonic());
    });
  }

  /**
   * Since `since` what came from outside had the time. Callbacks one right behind the other: what was begun in one has had its turn when the next
   * runs, and nobody else's work is between.
   */
  #schedule(since: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    let [began, last, to] = [0, 0, undefined as string | undefined];
    const step = (n: number) => {
      const now = this.#monotonic();
      if (n === 0) began = now;
      if (to !== undefined) this.#add(to, now - last);
      const may =
        this.#waiting.size > 0 && n < AT_ONCE && (n === 0 || now - began < Math.max(PIECE_MS, began - since));
      to = may ? this.#give() : undefined;
      last = now;
      if (n < AT_ONCE) return;
      this.#scheduled = false;
      if (this.#waiting.size > 0) this.#schedule(now);
    };
    for (let n = 0; n <= AT_ONCE; n++) setImmediate(step, n);
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
