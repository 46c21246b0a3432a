import { TiltmeterError } from '../../contract/errors.ts';

/**
 * Bytes that requests hold from the arrival of their body to their answer: the queue, all of it.
 * When they are used up, new bytes are refused (429) before they are parsed; a request that is alone is never
 * refused, so a body below its own limit always gets through in the end.
 */
export class Budget {
  readonly #limit: number;
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  /** `refused` is told before a take throws. */
  open(refused: () => void = () => {}): Reservation {
    let mine = 0;
    return {
      take: (bytes) => {
        if (this.#held + bytes > this.#limit && this.#held > mine) {
          refused();
          throw new TiltmeterError('too_many_requests', undefined, { retryAfter: 1 });
        }
        this.#held += bytes;
        mine += bytes;
      },
      release: () => {
        this.#held -= mine;
        mine = 0;
      },
    };
  }
}

/** What one request holds. `release` gives back everything and may be called again. */
export interface Reservation {
  take(bytes: number): void;
  release(): void;
}
