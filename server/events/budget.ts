import { TiltmeterError } from '../../contract/errors.ts';

/**
 * Bytes that requests hold from the arrival of their body to their answer: the queue, all of it. Each sender may hold as
 * much as it leaves free to the others: one alone half of it, with n of them each at most one (n + 1)th, so that whoever
 * comes next finds room. New bytes beyond that are refused (429) before they are parsed; a request that is alone is
 * never refused, so a body below its own limit always gets through in the end.
 */
export class Budget {
  readonly #limit: number;
  readonly #bySender = new Map<string, number>();
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  /** Room for one request of a sender. `refused` is told before a take throws. */
  open(sender: string, refused: () => void = () => {}): Reservation {
    let mine = 0;
    const hold = (bytes: number) => {
      this.#held += bytes;
      mine += bytes;
      const theirs = (this.#bySender.get(sender) ?? 0) + bytes;
      if (theirs === 0) this.#bySender.delete(sender);
      else this.#bySender.set(sender, theirs);
    };
    return {
      take: (bytes) => {
        const theirs = (this.#bySender.get(sender) ?? 0) + bytes;
        const free = this.#limit - this.#held - bytes;
        if (theirs > free && this.#held > mine) {
          refused();
          throw new TiltmeterError('too_many_requests', undefined, { retryAfter: 1 });
        }
        hold(bytes);
      },
      release: () => hold(-mine),
    };
  }
}

/** What one request holds. `release` gives back everything and may be called again. */
export interface Reservation {
  take(bytes: number): void;
  release(): void;
}
