import { TiltmeterError } from '../../../../contract/errors.ts';

/**
 * At most `width` tasks at once, at most `depth` waiting, first come first served. A task beyond that is refused with
 * store_unavailable at once, so that a slow store is felt at the door and not in memory.
 */
export class Lane {
  readonly #width: number;
  readonly #depth: number;
  readonly #waiting: (() => void)[] = [];
  readonly #idle: (() => void)[] = [];
  #running = 0;

  constructor(width: number, depth: number) {
    this.#width = width;
    this.#depth = depth;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#width) {
      if (this.#waiting.length >= this.#depth)
        throw new TiltmeterError('store_unavailable', 'More is asked of the store than it can answer', {
          retryAfter: 2,
        });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      // the place goes on to the next one without becoming free in between
      if (next) next();
      else if (--this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
