import { hash } from 'node:crypto';
import type { SeriesLimit } from '../series-limit.ts';
import { FamilyMetadata } from './metadata.ts';

const HOUR_MS = 3_600_000;
/** No row of a series is stored. */
const NO_DAY = -1;

/** A series that its sender has had within the hour. */
export interface KnownSeries {
  /** The two halves of its number. */
  readonly low: number;
  readonly high: number;
  /** By which model's name it goes, for keys that are of some models only. */
  readonly model: string | undefined;
  /** Epoch days: of which its row with all labels is stored. */
  day: number;
  /** Epoch milliseconds of its newest sample that is stored. */
  last: number;
}

/** Of one sender. */
export interface SenderSeries {
  readonly series: Map<number, KnownSeries>;
  readonly metadata: FamilyMetadata;
}

/**
 * The series of all senders, for an hour: as many as they may have (SeriesLimit), about a hundred bytes each. What is known of them here is only
 * what was stored, so a request that failed is taken as new when it comes again.
 */
export class KnownSeriesOfSenders {
  readonly #limit: SeriesLimit;
  readonly #monotonic: () => number;
  readonly #senders = new Map<string, SenderSeries>();
  #since: number;

  constructor(limit: SeriesLimit, monotonic: () => number) {
    this.#limit = limit;
    this.#monotonic = monotonic;
    this.#since = monotonic();
  }

  of(sender: string): SenderSeries {
    const now = this.#monotonic();
    if (now - this.#since >= HOUR_MS) {
      // Senders that had none within the hour are gone.
      for (const [id, { series }] of this.#senders)
        if (series.size === 0) this.#senders.delete(id);
        else series.clear();
      this.#since = now;
    }
    let own = this.#senders.get(sender);
    if (own === undefined) {
      own = { series: new Map(), metadata: new FamilyMetadata() };
      this.#senders.set(sender, own);
    }
    return own;
  }

  /** One more series of a sender, by what tells it from all others; undefined where it is one too many. */
  admit(sender: string, text: string, model: string | undefined): KnownSeries | undefined {
    if (!this.#limit.admit(sender, text)) return undefined;
    return { ...numberOf(text), model, day: NO_DAY, last: Number.NEGATIVE_INFINITY };
  }

  /** Rows of a sender's series are stored again when the next sample comes: more is known of them now. */
  storeAgain({ series }: SenderSeries): void {
    for (const known of series.values()) known.day = NO_DAY;
  }
}

/**
 * The number of a series, by what tells it from all others. It is of SHA-256: senders choose labels, and one whose series had the number of another's would
 * put samples among theirs.
 */
export function numberOf(text: string): Pick<KnownSeries, 'low' | 'high'> {
  const digest = hash('sha256', text, 'buffer');
  return { low: digest.readInt32LE(0), high: digest.readInt32LE(4) };
}
