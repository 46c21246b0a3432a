import { hashOf, seedOf } from '../events/ids/hash.ts';

const HOUR_MS = 3_600_000;
const SEED = seedOf('series');

export interface SeriesBounds {
  /** Series that a sender may have in an hour, and all of them together. */
  readonly perSender: number;
  readonly all: number;
}

export const SERIES_BOUNDS: SeriesBounds = { perSender: 100_000, all: 1_000_000 };

/**
 * Which series of metrics senders have had within an hour: as many as they may. A label that holds an id makes a million of them, and
 * each costs for as long as it is kept. `monotonic` in milliseconds.
 */
export class SeriesLimit {
  readonly #bounds: SeriesBounds;
  readonly #monotonic: () => number;
  readonly #bySender = new Map<string, Set<number>>();
  #since: number;
  #count = 0;

  constructor(monotonic: () => number, bounds: SeriesBounds = SERIES_BOUNDS) {
    this.#monotonic = monotonic;
    this.#bounds = bounds;
    this.#since = monotonic();
  }

  /** Whether it is one of those that its sender has, or may have beside them. */
  admit(sender: string, series: string): boolean {
    const now = this.#monotonic();
    if (now - this.#since >= HOUR_MS) {
      this.#bySender.clear();
      [this.#count, this.#since] = [0, now];
    }
    let own = this.#bySender.get(sender);
    if (own === undefined) {
      own = new Set();
      this.#bySender.set(sender, own);
    }
    const [a, b] = hashOf(series, SEED);
    const hash = (a >>> 0) * 2_097_152 + (b >>> 11);
    if (own.has(hash)) return true;
    if (own.size >= this.#bounds.perSender || this.#count >= this.#bounds.all) return false;
    own.add(hash);
    this.#count++;
    return true;
  }
}
