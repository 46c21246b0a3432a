import { TiltmeterError } from '../../../contract/errors.ts';

/** Bytes of all pages that are held at once. */
const ALL_BYTES = 128 * 1024 ** 2;
/** So much of each is held in any case: that of the many that are small. */
const OWN_BYTES = 1024 ** 2;

/** The memory for pages that are being read: shared, so that many large ones at once do not take all of it. */
export class SharedRoom {
  #taken = 0;

  /** For one page; what it took is given back at its end. */
  open(): Room {
    return new Room((bytes, own) => {
      if (bytes > 0 && own > OWN_BYTES && this.#taken + bytes > ALL_BYTES)
        throw new TiltmeterError(
          'scrape_too_large',
          `the pages that come at the same time have more than ${ALL_BYTES} bytes together`,
        );
      this.#taken += bytes;
    });
  }
}

/** What one page takes of it. */
export class Room {
  readonly #change: (bytes: number, own: number) => void;
  #own = 0;

  constructor(change: (bytes: number, own: number) => void) {
    this.#change = change;
  }

  /** Errors: scrape_too_large. */
  take(bytes: number): void {
    this.#change(bytes, this.#own + bytes);
    this.#own += bytes;
  }

  [Symbol.dispose](): void {
    this.#change(-this.#own, 0);
    this.#own = 0;
  }
}
