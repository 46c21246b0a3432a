/** A group that is being gathered: its rows, and the moment at which they are stored (or could not be). */
export interface Group<B> {
  readonly batch: B;
  readonly stored: Promise<void>;
  /** Those who wait for it, as they say themselves. */
  requests: number;
}

export interface GroupCommitOptions<B> {
  make(): B;
  /** Stores the batch, which somebody began; what it throws is what everybody who waits for the group gets. */
  write(batch: B, beganBy: string): Promise<void>;
  full(batch: B): boolean;
  empty(batch: B): boolean;
  /** Whether a batch is large enough to be written beside the one that is being written. */
  ample?(batch: B): boolean;
  readonly lingerMs: number;
  /** How the next group is gathered behind one of at least `requests`, unless it is full or ample. */
  readonly pace?: Pace;
  /** Whether rows are written into other tables, too: behind a group of fewer requests the next then waits for as long as that one took. */
  readonly shared?: () => boolean;
}

/** However long a write took, the next waits no longer than this for others. */
const LONGEST_REST_MS = 1_000;

export interface Pace {
  readonly requests: number;
  /** It is written no sooner than so long after that one began, */
  readonly ms: number;
  /** then as soon as nobody came for so long, since all who wait for an answer before they go on are there, */
  readonly quietMs: number;
  /** and at the latest after so long. */
  readonly mostMs: number;
}

interface Gathering<B> extends Group<B> {
  readonly beganBy: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Group commit for one table: while one batch is written, the next one gathers, so that the busier the table the
 * larger the batches. When the table is idle, the first row waits `lingerMs` for company. A full batch is sealed and
 * queued, and another one opens. Writes begin in the order in which batches were opened, one at a time, or two where a
 * batch is ample: then the store works on the second while the first waits for the disk. Where many send little, groups come at a pace:
 * an insert costs much the same whatever it holds, and each makes a part to be merged. Where few send little, and others send, too, they have the store
 * for half of the time at most. Who sends alone never waits for that.
 */
export class GroupCommit<B> {
  readonly #options: GroupCommitOptions<B>;
  readonly #sealed: Gathering<B>[] = [];
  #open: Gathering<B> | undefined;
  readonly #writing = new Set<Gathering<B>>();
  #timer: NodeJS.Timeout | undefined;
  /** When somebody came last. */
  #came = 0;
  #drained: (() => void)[] = [];

  constructor(options: GroupCommitOptions<B>) {
    this.#options = options;
  }

  /** The group to add rows to, now: callers add synchronously and ask again for every run of rows. */
  open(by = ''): Group<B> {
    const open = this.#open;
    this.#came = performance.now();
    if (open !== undefined && (this.#options.full(open.batch) || this.#mayGo(open.batch))) this.#seal();
    if (this.#open === undefined) {
      this.#open = gathering(this.#options.make(), by);
      if (this.#writing.size === 0)
        this.#timer ??= setTimeout(() => this.#lingered(), this.#options.lingerMs);
    }
    return this.#open;
  }

  /** Groups whose rows are not stored yet, oldest first. */
  pending(): Group<B>[] {
    return [...this.#writing, ...this.#sealed, this.#open].filter((group) => group !== undefined);
  }

  get idle(): boolean {
    return this.pending().length === 0;
  }

  /** Writes what is there without waiting for company; resolves when nothing is left. */
  drain(): Promise<void> {
    this.#lingered();
    if (this.idle) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  /** At most one write is under way, nothing waits before it, and this batch is worth one of its own. */
  #mayGo(batch: B): boolean {
    return this.#writing.size < 2 && this.#sealed.length === 0 && this.#options.ample?.(batch) === true;
  }

  /** How long the open group waits behind one that is written. */
  #restMs({ requests }: Group<B>, began: number, ended: number): number {
    const { pace, ample, shared } = this.#options;
    if (this.#writing.size > 0 || this.#sealed.length > 0 || this.#drained.length > 0) return 0;
    if (this.#open !== undefined && ample?.(this.#open.batch)) return 0;
    const now = performance.now();
    if (pace === undefined || requests < pace.requests)
      return shared?.() ? Math.min(ended - began, LONGEST_REST_MS) - (now - ended) : 0;
    if (now - began < pace.ms) return pace.ms - (now - began);
    return Math.min(this.#came + pace.quietMs - now, began + pace.mostMs - now);
  }

  /** Goes on behind a group that is written, once it is time for the next. */
  #rest(group: Group<B>, began: number, ended: number): void {
    const rest = this.#restMs(group, began, ended);
    if (rest <= 0) this.#lingered();
    else if (this.#timer === undefined)
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#rest(group, began, ended);
      }, rest);
  }

  #lingered(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#writing.size === 0) {
      if (this.#sealed.length === 0) this.#seal();
      this.#next();
    } else if (this.#writing.size === 1 && this.#sealed[0] !== undefined) {
      if (this.#options.ample?.(this.#sealed[0].batch)) this.#next();
    }
  }

  #seal(): void {
    if (this.#open === undefined) return;
    this.#sealed.push(this.#open);
    this.#open = undefined;
    if (this.#writing.size < 2 && this.#sealed.length === 1) queueMicrotask(() => this.#lingered());
  }

  #next(): void {
    const group = this.#sealed.shift();
    if (group === undefined) {
      if (this.idle) for (const done of this.#drained.splice(0)) done();
      return;
    }
    this.#writing.add(group);
    const written = this.#options.empty(group.batch)
      ? Promise.resolve()
      : this.#options.write(group.batch, group.beganBy);
    const began = performance.now();
    const ended = () => {
      this.#writing.delete(group);
      this.#rest(group, began, performance.now());
    };
    written.then(
      () => {
        group.resolve();
        ended();
      },
      (reason: unknown) => {
        group.reject(reason);
        ended();
      },
    );
  }
}

function gathering<B>(batch: B, beganBy: string): Gathering<B> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A group whose rows all turned out to be refused has nobody waiting: its failure is then nobody's.
  promise.catch(() => {});
  return { batch, beganBy, stored: promise, requests: 0, resolve, reject };
}
