import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '../context.ts';
import { createTurns } from './contention.ts';
import { isLeaseLost } from './fence.ts';
import type { Job, ModelJob, ServerJob, SingleJob } from './job.ts';
import { takeLease } from './lease.ts';
import { createModelPool, type ModelPool } from './model-pool.ts';
import { createOwnership } from './ownership.ts';
import type { Servers } from './servers.ts';
import { createTimetable, type Timetable } from './timetable.ts';

export interface JobRunner {
  /** Begins the timetable. */
  start(): void;
  /** The next turn of this job comes at once, on this server. */
  wake(name: string): void;
  /** Runs one job from its beginning, after a run under way has ended; rejects when it fails. */
  runNow(name: string): Promise<void>;
  /** No new run begins; resolves when the runs under way have ended or have taken too long, and others have taken over. */
  stop(): Promise<void>;
}

export interface JobRunnerOptions {
  readonly servers: Servers;
  /** Every model that there is. */
  readonly models: () => Promise<readonly string[]>;
  /** For how many milliseconds somebody has been waiting for an answer; 0 when nobody waits. */
  readonly waitedMs: () => number;
}

/** Jobs may die between any two statements, so a stop need not wait for ever. */
const STOP_WITHIN_MS = 15_000;

/** Everything that runs by itself on this server: each job on a timetable of its own, none waits for another. */
export function createJobRunner(ctx: Ctx, jobs: readonly Job[], options: JobRunnerOptions): JobRunner {
  const { servers, waitedMs } = options;
  const ownership = createOwnership(ctx, servers, options.models);
  servers.onBeat(shareOut);

  function shareOut(): void {
    ownership
      .refresh()
      .catch((err) => ctx.log.warn({ err }, 'models are not shared out yet; it is tried again'));
  }

  const pools = new Map<string, ModelPool>();
  const timetables = new Map<string, Timetable>();
  const tails = new Map<string, Promise<unknown>>();
  let stopping = false;

  /** The context of one run, with a turn of its own. */
  const turns = createTurns({ waitedMs, monotonic: ctx.monotonic });
  const context = (): Ctx => ({ ...ctx, turn: turns() });
  const begin = () => !stopping && servers.valid();

  function poolOf(job: ModelJob): ModelPool {
    const pool = pools.get(job.name) ?? createModelPool(ctx, job, ownership, { begin, context });
    pools.set(job.name, pool);
    return pool;
  }

  /** One after another within this server. */
  function queued<T>(job: Job, run: () => Promise<T>): Promise<T> {
    const turn = (tails.get(job.name) ?? Promise.resolve()).then(run);
    tails.set(
      job.name,
      turn.catch(() => {}),
    );
    return turn;
  }

  async function runOnce(job: ServerJob | SingleJob): Promise<void> {
    if (job.scope === 'server') return job.run(context());
    if (!begin()) return;
    const fence = await takeLease(ctx, job.name, servers.id);
    if (fence) await job.run(context(), fence);
  }

  async function turn(job: Job): Promise<boolean> {
    try {
      if (job.scope === 'model') await lookAt(job);
      else await queued(job, () => runOnce(job));
      return true;
    } catch (err) {
      if (isLeaseLost(err)) ctx.log.debug({ job: job.name }, 'another server has taken the job over');
      else ctx.log.error({ err, job: job.name }, 'job failed; it will be tried again');
      return false;
    }
  }

  /** With a mark that is new, so that what was stored a moment ago is seen. */
  async function lookAt(job: ModelJob): Promise<void> {
    await servers.publish();
    await poolOf(job).look();
  }

  return {
    start() {
      shareOut();
      for (const job of jobs)
        timetables.set(
          job.name,
          createTimetable(job.everyMs, () => turn(job)),
        );
    },
    wake: (name) => timetables.get(name)?.wake(),
    async runNow(name) {
      const job = jobs.find((each) => each.name === name);
      if (!job) throw new Error(`there is no job ${name}`);
      await servers.publish();
      await ownership.refresh();
      await (job.scope === 'model' ? poolOf(job).serveAll() : queued(job, () => runOnce(job)));
    },
    async stop() {
      stopping = true;
      const ended = Promise.all([
        ...[...timetables.values()].map((timetable) => timetable.stop()),
        ...[...pools.values()].map((pool) => pool.stop()),
        ...tails.values(),
      ]);
      const patience = new AbortController();
      await Promise.race([ended, sleep(STOP_WITHIN_MS, undefined, { signal: patience.signal })]);
      patience.abort();
      await servers.retire();
    },
  };
}
