import type { Ctx } from '../context.ts';
import { isLeaseLost } from './fence.ts';
import type { ModelJob } from './job.ts';
import type { Ownership } from './ownership.ts';

const WORKERS = 2;
/** A model that fails is tried again after this, then after twice as long, and so on. */
const FIRST_HOLD_MS = 5_000;
const LONGEST_HOLD_MS = 300_000;
/** What another server has taken over will soon not be this server's any more. */
const LOST_HOLD_MS = 1_000;

interface Asked {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface ModelPool {
  /** Asks which models have something to do, and begins with them. */
  look(): Promise<void>;
  /** Serves every model that has something to do, also those that are held back; rejects with the first failure. */
  serveAll(): Promise<void>;
  /** Begins nothing any more; resolves when nothing runs. */
  stop(): Promise<void>;
}

/** The workers of one model job on one server. `context` makes the context of one run. */
export function createModelPool(
  ctx: Ctx,
  job: ModelJob,
  ownership: Ownership,
  may: { readonly begin: () => boolean; readonly context: () => Ctx },
): ModelPool {
  const due = new Set<string>();
  const running = new Map<string, Promise<void>>();
  /** Order in which models were served last. */
  const served = new Map<string, number>();
  const held = new Map<string, { readonly failures: number; readonly until: number }>();
  const asked = new Map<string, Asked[]>();
  let count = 0;
  let stopped = false;

  async function look(): Promise<void> {
    const models = ownership.models();
    const now = ctx.monotonic();
    for (const model of await job.waiting(may.context(), models)) {
      if ((held.get(model)?.until ?? now) <= now && !running.has(model)) due.add(model);
    }
    fill();
  }

  function fill(): void {
    while (!stopped && running.size < (job.workers ?? WORKERS) && may.begin()) {
      const model = next();
      if (model === undefined) return;
      due.delete(model);
      served.set(model, ++count);
      const run = serve(model).finally(() => {
        running.delete(model);
        fill();
      });
      running.set(model, run);
    }
  }

  /** The least recently served of those that are due and not served now. */
  function next(): string | undefined {
    let first: string | undefined;
    for (const model of due) {
      if (running.has(model)) continue;
      if (first === undefined || (served.get(model) ?? 0) < (served.get(first) ?? 0)) first = model;
    }
    return first;
  }

  async function serve(model: string): Promise<void> {
    const waiters = asked.get(model) ?? [];
    asked.delete(model);
    try {
      await ownership.hold(model, (fence) => job.run(may.context(), fence));
      held.delete(model);
      for (const { resolve } of waiters) resolve();
    } catch (err) {
      hold(model, err);
      for (const { reject } of waiters) reject(err);
    }
  }

  function hold(model: string, err: unknown): void {
    const failures = held.get(model)?.failures ?? 0;
    if (isLeaseLost(err)) {
      ctx.log.debug({ job: job.name, model }, 'another server has taken the model over');
      held.set(model, { failures, until: ctx.monotonic() + LOST_HOLD_MS });
      return;
    }
    const pause = Math.min(LONGEST_HOLD_MS, FIRST_HOLD_MS * 2 ** failures);
    held.set(model, { failures: failures + 1, until: ctx.monotonic() + pause });
    ctx.log.warn({ job: job.name, model, err, pause }, 'failed for a model; it will be tried again');
  }

  return {
    look,
    async serveAll() {
      const models = await job.waiting(may.context(), ownership.models());
      const ends = models.map(
        (model) =>
          new Promise<void>((resolve, reject) => {
            asked.set(model, [...(asked.get(model) ?? []), { resolve, reject }]);
            due.add(model);
          }),
      );
      fill();
      const failed = (await Promise.allSettled(ends)).find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async stop() {
      stopped = true;
      for (const waiters of asked.values()) for (const { resolve } of waiters) resolve();
      await Promise.all(running.values());
    },
  };
}
