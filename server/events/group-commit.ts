/** A group that is being gathered: its rows, and the moment at which they are stored (or could not be). */
export interface Group<B> {
  readonly batch: B;
  readonly stored: Promise<void>;
}

export interface GroupCommitOptions<B> {
  make(): B;
  /** Stores the batch; what it throws is what everybody who waits for the group gets. */
  write(batch: B): Promise<void>;
  full(batch: B): boolean;
  empty(batch: B): boolean;
  readonly lingerMs: number;
}

interface Gathering<B> extends Group<B> {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Group commit for one table: while one batch is written, the next one gathers, so that the busier the table the
 * larger the batches. When the table is idle, the first row waits `lingerMs` for company. A full batch is sealed and
 * queued, and another one opens. Batches are written one after another, in the order in which they were opened.
 */
export class GroupCommit<B> {
  readonly #options: GroupCommitOptions<B>;
  readonly #sealed: Gathering<B>[] = [];
  #open: Gathering<B> | undefined;
  #writing: Gathering<B> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #drained: (() => void)[] = [];

  constructor(options: GroupCommitOptions<B>) {
    this.#options = options;
  }

  /** The group to add rows to, now: callers add synchronously and ask again for every run of rows. */
  open(): Group<B> {
    const open = this.#open;
    if (open !== undefined && this.#options.full(open.batch)) this.#seal();
    if (this.#open === undefined) {
      this.#open = gathering(this.#options.make());
      if (this.#writing === undefined)
        this.#timer ??= setTimeout(() => this.#lingered(), this.#options.lingerMs);
    }
    return this.#open;
  }

  /** Groups whose rows are not stored yet, oldest first. */
  pending(): Group<B>[] {
    return [this.#writing, ...this.#sealed, this.#open].filter((group) => group !== undefined);
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

  #lingered(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#writing === undefined) {
      if (this.#sealed.length === 0) this.#seal();
      this.#next();
    }
  }

  #seal(): void {
    if (this.#open === undefined) return;
    this.#sealed.push(this.#open);
    this.#open = undefined;
    if (this.#writing === undefined && this.#sealed.length === 1) queueMicrotask(() => this.#lingered());
  }

  #next(): void {
    const group = this.#sealed.shift();
    if (group === undefined) {
      if (this.idle) for (const done of this.#drained.splice(0)) done();
      return;
    }
    this.#writing = group;
    const ended = () => {
      this.#writing = undefined;
      if (this.#sealed.length === 0) this.#seal();
      this.#next();
    };
    const written = this.#options.empty(group.batch) ? Promise.resolve() : this.#options.write(group.batch);
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

function gathering<B>(batch: B): Gathering<B> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A group whose rows all turned out to be refused has nobody waiting: its failure is then nobody's.
  promise.catch(() => {});
  return { batch, stored: promise, resolve, reject };
}
