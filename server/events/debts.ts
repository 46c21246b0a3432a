import { TiltmeterError } from '../../contract/errors.ts';

/** Senders that are remembered before those who owe nothing are forgotten. */
const REMEMBERED = 1_000;
/** So much is forgiven: who errs once waits for nothing. */
const FORGIVEN_MS = 1_000;
/** Nobody waits for longer than this. */
const LONGEST_MS = 20_000;
/** Requests of one sender that wait to be read; each holds a piece of its body. */
const MOST_WAITING = 32;

export interface DebtsOptions {
  /** Bytes of work in vain that a sender may cause in a second. */
  readonly perSecond: number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Rejects when the signal is aborted. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

/**
 * What senders caused that came to nothing, in bytes of a body: reading and looking through it cost the others as much as if it had been
 * good. It is paid off by time, and who owes more than is forgiven is answered, and read from, that much later.
 * Example: `debts.owe('key-1', body.length); await debts.settled('key-1')`
 */
export class Debts {
  readonly #options: DebtsOptions;
  /** When each will owe nothing. */
  readonly #until = new Map<string, number>();
  /** How many requests of each wait to be read. */
  readonly #waiting = new Map<string, number>();

  constructor(options: DebtsOptions) {
    this.#options = options;
  }

  /** Adds to what a sender owes. */
  owe(sender: string, bytes: number): void {
    if (bytes === 0) return;
    const now = this.#options.monotonic();
    const from = Math.max(now, this.#until.get(sender) ?? 0);
    const until = from + (1000 * bytes) / this.#options.perSecond;
    this.#until.set(sender, Math.min(until, now + LONGEST_MS));
    if (this.#until.size <= REMEMBERED) return;
    for (const [name, at] of this.#until) if (at <= now) this.#until.delete(name);
  }

  /** The same as `settled`, before a request is read. Errors: too_many_requests when many of the sender wait already. */
  async admitted(sender: string, gone?: AbortSignal): Promise<void> {
    const waiting = this.#waiting.get(sender) ?? 0;
    if (waiting >= MOST_WAITING)
      throw new TiltmeterError('too_many_requests', 'much of what this sender sent came to nothing', {
        retryAfter: LONGEST_MS / 1000,
      });
    this.#waiting.set(sender, waiting + 1);
    try {
      await this.settled(sender, gone);
    } finally {
      const left = this.#waiting.get(sender)! - 1;
      if (left === 0) this.#waiting.delete(sender);
      else this.#waiting.set(sender, left);
    }
  }

  /** Resolves when a sender has paid off what it owes now, but for what is forgiven, or when `gone` is aborted. */
  async settled(sender: string, gone?: AbortSignal): Promise<void> {
    const until = this.#until.get(sender);
    if (until === undefined) return;
    const wait = until - FORGIVEN_MS - this.#options.monotonic();
    if (wait <= 0) return;
    await this.#options.pause(wait, gone).catch((error: unknown) => {
      if (!gone?.aborted) throw error;
    });
  }
}
