import { Worker } from 'node:worker_threads';

/** Megabytes of young objects: what such a thread keeps is large and lives long, and all of it counts beside the program's own. */
const YOUNG = 3;

/**
 * A thread of its own that is asked one thing, which must be plain data, and answers with one message. It starts at once, so that it is ready when it
 * is asked; until then it keeps no program from ending.
 * @example await using thread = new Aside(new URL('./held-thread.ts', import.meta.url)); await thread.answer({ files, layout })
 */
export class Aside implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #answer: Promise<unknown>;

  /** @param thread the file that it runs. */
  constructor(thread: URL) {
    this.#worker = new Worker(thread, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
    this.#worker.unref();
    this.#answer = new Promise((resolve, reject) => {
      this.#worker.once('message', resolve);
      this.#worker.once('error', reject);
      this.#worker.once('exit', () => reject(new Error(`${thread.pathname} ended without an answer`)));
    });
    // It is awaited only by who asks.
    this.#answer.catch(() => undefined);
  }

  /** @throws when the thread fails, or ends without an answer. */
  async answer<Answer>(asked: unknown): Promise<Answer> {
    this.#worker.ref();
    this.#worker.postMessage(asked);
    return (await this.#answer) as Answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}
