import type { Half } from './half.ts';
import type { Pair } from './predictions.ts';

export interface WaitingBounds {
  /** For how long a half waits, in milliseconds. */
  readonly ms: number;
  /** Halves of one sender that wait, and their bytes. */
  readonly halves: number;
  readonly bytes: number;
  /** Bytes over all senders. */
  readonly all: number;
}

export const WAITING_BOUNDS: WaitingBounds = {
  ...{ ms: 60_000, halves: 5_000, bytes: 8 * 1024 * 1024, all: 32 * 1024 * 1024 },
};

/** A half that its other one did not come to. */
export interface Alone<From> {
  readonly half: Half;
  readonly from: From;
  readonly why: 'waited too long' | 'too many waited';
}

interface Sender<From> {
  readonly halves: Map<string, Waiting<From>>;
  bytes: number;
}

interface Waiting<From> {
  readonly half: Half;
  readonly from: From;
  readonly since: number;
}

/**
 * Requests that wait for their responses and responses that wait for their requests, each for a bounded time, as many as a sender may have. They are in memory:
 * what waits when the server ends is gone. `now` in milliseconds, from any beginning.
 */
export class WaitingHalves<From> {
  readonly #bounds: WaitingBounds;
  readonly #senders = new Map<string, Sender<From>>();
  #bytes = 0;

  constructor(bounds: WaitingBounds = WAITING_BOUNDS) {
    this.#bounds = bounds;
  }

  get empty(): boolean {
    return this.#senders.size === 0;
  }

  /** The pair that a half makes with one that waits; else it waits, and those that are too many for it are told. One that comes twice takes its own place. */
  add(
    sender: string,
    half: Half,
    from: From,
    now: number,
  ): { readonly pair: Pair } | { readonly tooMany: readonly Alone<From>[] } {
    const own: Sender<From> = this.#senders.get(sender) ?? { halves: new Map(), bytes: 0 };
    this.#senders.set(sender, own);
    const other = own.halves.get(half.id);
    if (other !== undefined) {
      own.halves.delete(half.id);
      own.bytes -= other.half.bytes;
      this.#bytes -= other.half.bytes;
      if (other.half.is !== half.is)
        return {
          pair:
            half.is === 'request'
              ? { request: half, response: other.half }
              : { request: other.half, response: half },
        };
    }
    own.halves.set(half.id, { half, from, since: now });
    own.bytes += half.bytes;
    this.#bytes += half.bytes;
    const { halves, bytes, all } = this.#bounds;
    const tooMany: Alone<From>[] = [];
    while (own.halves.size > halves || own.bytes > bytes) tooMany.push(this.#giveUpOldest(own));
    while (this.#bytes > all) tooMany.push(this.#giveUpOldest(this.#largest()));
    return { tooMany };
  }

  /** Of all senders that one makes room which has most: it can shut out nobody. */
  #largest(): Sender<From> {
    return [...this.#senders.values()].reduce((most, each) => (each.bytes > most.bytes ? each : most));
  }

  #giveUpOldest(sender: Sender<From>): Alone<From> {
    const [id, { half, from }] = sender.halves.entries().next().value!;
    sender.halves.delete(id);
    sender.bytes -= half.bytes;
    this.#bytes -= half.bytes;
    return { half, from, why: 'too many waited' };
  }

  /** Takes out those that waited for too long. */
  expire(now: number): Alone<From>[] {
    const alone: Alone<From>[] = [];
    for (const [sender, own] of this.#senders) {
      for (const [id, { half, from, since }] of own.halves) {
        // In the order in which they came.
        if (now - since < this.#bounds.ms) break;
        own.halves.delete(id);
        own.bytes -= half.bytes;
        this.#bytes -= half.bytes;
        alone.push({ half, from, why: 'waited too long' });
      }
      if (own.halves.size === 0) this.#senders.delete(sender);
    }
    return alone;
  }
}
