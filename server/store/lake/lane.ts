import { TiltmeterError } from '../../../contract/errors.ts';
import { FairQueue } from '../../fair-queue.ts';

export interface LaneOptions {
  /** Tasks of people that run at the same time. */
  readonly width: number;
  /** Tasks of each kind that may wait; as many as come when absent. */
  readonly depth?: number;
  /** Whether people are at work elsewhere: what runs in the background then has half of the places, as while they are at work here. */
  readonly busy?: () => boolean;
}

interface Kind {
  running: number;
  readonly waiting: FairQueue<() => void>;
  /** How many run of each who is named. */
  readonly own: Map<string, number>;
  /** Who was named by the last ones that began. */
  readonly last: string[];
}

const none = (): Kind => ({ running: 0, waiting: new FairQueue(), own: new Map(), last: [] });

/** Nobody in particular. */
const UNNAMED = '';
/** As long as somebody else was named by so many of the last, a place is left for others. */
const REMEMBERED = 16;

/**
 * At most `width` tasks at once, first come first served; of several who are named each is next in turn, and none has all the places: else a
 * few tasks that take long would hold up everybody. Work in the background has places of its own, so that nobody
 * ever waits for it: as many as people have while nobody asks, half of them (at least one) while somebody does, so that
 * it never stands still either. What is beyond `depth` is refused with store_unavailable at once, so that a slow store is
 * felt at the door and not in memory.
 */
export class Lane {
  readonly #width: number;
  readonly #depth: number;
  readonly #busy: () => boolean;
  readonly #people = none();
  readonly #background = none();
  readonly #idle: (() => void)[] = [];

  constructor({ width, depth = Number.POSITIVE_INFINITY, busy = () => false }: LaneOptions) {
    this.#width = width;
    this.#depth = depth;
    this.#busy = busy;
  }

  get running(): number {
    return this.#people.running + this.#background.running;
  }

  get waiting(): number {
    return this.#people.waiting.length + this.#background.waiting.length;
  }

  /** Runs the task when it has a place. Rejects as the task does, or with store_unavailable when too many wait. */
  async run<Result>(task: () => Promise<Result>, background = false, of = UNNAMED): Promise<Result> {
    const kind = background ? this.#background : this.#people;
    // Those who wait may not, or there is no place.
    if (kind.running < this.#places(kind) && this.#may(kind, of)) this.#begin(kind, of);
    else {
      if (kind.waiting.length >= this.#depth)
        throw new TiltmeterError('store_unavailable', 'More is asked of the store than it can answer', {
          retryAfter: 2,
        });
      await new Promise<void>((resolve) =>
        kind.waiting.push(of, () => {
          // the place is taken before the task begins, so that nobody steps in between
          this.#begin(kind, of);
          resolve();
        }),
      );
    }
    try {
      return await task();
    } finally {
      kind.running--;
      kind.own.set(of, kind.own.get(of)! - 1);
      if (kind.own.get(of) === 0) kind.own.delete(of);
      this.#next(this.#people);
      this.#next(this.#background);
      if (this.running === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    if (this.running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #places(kind: Kind): number {
    if (kind === this.#people || (this.#people.running === 0 && !this.#busy())) return this.#width;
    return Math.max(1, Math.floor(this.#width / 2));
  }

  #next(kind: Kind): void {
    while (kind.running < this.#places(kind)) {
      const begin = kind.waiting.shift((of) => this.#may(kind, of));
      if (begin === undefined) return;
      begin();
    }
  }

  #begin(kind: Kind, of: string): void {
    kind.running++;
    kind.own.set(of, (kind.own.get(of) ?? 0) + 1);
    kind.last.push(of);
    if (kind.last.length > REMEMBERED) kind.last.shift();
  }

  /** Whether one who is named may have a place more: not the last one, when there are others. */
  #may(kind: Kind, of: string): boolean {
    const own = kind.own.get(of) ?? 0;
    return of === UNNAMED || own < Math.max(1, this.#width - 1) || kind.last.every((each) => each === of);
  }
}
