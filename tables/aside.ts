import { Worker } from 'node:worker_threads';

/** Megabytes of young objects: what such a thread keeps is large and lives long, and all of it counts beside the program's own. */
const YOUNG = 3;

/** What a thread is told: the module that answers, and what it is asked; nothing: it is only to be loaded. */
export interface Told {
  readonly answers: string;
  readonly asked?: unknown;
}

/** A module that answers: with plain data, and the memory that goes along and is not copied. */
export interface Answers {
  answer(asked: never): Answered | Promise<Answered>;
}
export type Answered = readonly [reply: unknown, memory: ArrayBuffer[]];

/**
 * A thread of its own that is asked one thing after the other. It starts at once, so that it is ready when it is asked; as long as it is not, it keeps
 * no program from ending.
 * @example await using thread = new Aside(); await thread.answer(ANSWERS, { files, layout })
 */
export class Aside implements AsyncDisposable {
  readonly #worker: Worker;
  /** What is asked ends with this when the thread does. */
  readonly #failed: Promise<never>;

  constructor() {
    const thread = new URL('./aside-thread.ts', import.meta.url);
    this.#worker = new Worker(thread, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
    this.#worker.unref();
    this.#failed = new Promise((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', () => reject(new Error('a thread ended without an answer')));
    });
    // It is awaited only by who asks.
    this.#failed.catch(() => undefined);
  }

  /** Loads a module that is asked later. */
  load(answers: URL): void {
    this.#worker.postMessage({ answers: answers.href } satisfies Told);
  }

  /**
   * What a module (`Answers`) answers: plain data, as what it is asked must be. The answer before must have come.
   * @throws when the thread fails, or ends without an answer.
   */
  async answer<Answer>(answers: URL, asked: unknown): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => this.#worker.once('message', resolve));
    this.#worker.ref();
    this.#worker.postMessage({ answers: answers.href, asked } satisfies Told);
    try {
      return await Promise.race([answer, this.#failed]);
    } finally {
      this.#worker.unref();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}
