/**
 * Who has the main thread next: senders get it one after the other, a piece of work each, however many requests they have and however
 * large these are; between two pieces what came from outside is looked at. So a sender waits for one piece of each other sender, and not for
 * all that one of them has asked. What a turn is used for ends with the next wait: pieces are kept short (`PIECE_MS`).
 */
export class Turns {
  readonly #waiting = new Map<string, (() => void)[]>();
  #given: NodeJS.Immediate | undefined;

  /** Resolves when it is the sender's turn. */
  next(sender: string): Promise<void> {
    return new Promise((resolve) => {
      const own = this.#waiting.get(sender);
      if (own === undefined) this.#waiting.set(sender, [resolve]);
      else own.push(resolve);
      this.#given ??= setImmediate(() => this.#give());
    });
  }

  #give(): void {
    this.#given = undefined;
    for (const [sender, [begin, ...others]] of this.#waiting) {
      // Behind all others, with what it has left.
      this.#waiting.delete(sender);
      if (others.length > 0) this.#waiting.set(sender, others);
      begin!();
      break;
    }
    if (this.#waiting.size > 0) this.#given = setImmediate(() => this.#give());
  }
}

/** Milliseconds of work after which another turn is waited for. */
export const PIECE_MS = 5;
