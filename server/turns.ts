import { FairQueue } from './fair-queue.ts';

/**
 * Who has the main thread next: senders get it one after the other, a piece of work each, however many requests they have and however
 * large these are; between two pieces what came from outside is looked at. So a sender waits for one piece of each other sender, and not for
 * all that one of them has asked. What a turn is used for ends with the next wait: pieces are kept short (`PIECE_MS`).
 */
export class Turns {
  readonly #waiting = new FairQueue<() => void>();
  #given: NodeJS.Immediate | undefined;

  /** Resolves when it is the sender's turn. */
  next(sender: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(sender, resolve);
      this.#given ??= setImmediate(() => this.#give());
    });
  }

  #give(): void {
    this.#waiting.shift()?.();
    this.#given = this.#waiting.length > 0 ? setImmediate(() => this.#give()) : undefined;
  }
}

/** Milliseconds of work after which another turn is waited for. */
export const PIECE_MS = 5;
