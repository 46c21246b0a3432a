import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '../context.ts';
import type { Job } from './job.ts';
import { leaseOf, runLeased } from './run-leased.ts';

export interface JobRunner {
  /** Begins the timetable. */
  start(): void;
  /** Runs one job from its beginning, after a run under way has ended; rejects when it fails. */
  runNow(name: string): Promise<void>;
  /** No new run begins; resolves when the runs under way have ended, or have taken too long for waiting. */
  stop(): Promise<void>;
}

/** After a failure a job is tried again sooner than its next turn, but not at once. */
const RETRY_MS = 5_000;
/** A job rests this many times as long as it ran: under load most of the machine belongs to those who wait for an answer. */
const REST = 9;
/** Jobs may die between any two statements, so a stop need not wait for ever. */
const STOP_WITHIN_MS = 15_000;

/** Each job runs every `everyMs`, counted from the end of its run before, so that it never overlaps itself or one it shares a lease with. */
export function createJobRunner(ctx: Ctx, jobs: readonly Job[], holder: string): JobRunner {
  const ending = new AbortController();
  const tails = new Map<string, Promise<unknown>>();
  const loops: Promise<void>[] = [];

  /** One after another within this server; the lease keeps other servers out. */
  function queued<T>(job: Job, run: () => Promise<T>): Promise<T> {
    const lease = leaseOf(job);
    const turn = (tails.get(lease) ?? Promise.resolve()).then(run);
    tails.set(
      lease,
      turn.catch(() => {}),
    );
    return turn;
  }

  /** How long the run itself took, and whether it was done. */
  async function attempt(job: Job): Promise<{ done: boolean; ms: number }> {
    let began = ctx.clock();
    try {
      await queued(job, async () => {
        began = ctx.clock();
        return !ending.signal.aborted && (await runLeased(ctx, job, holder));
      });
      return { done: true, ms: ctx.clock() - began };
    } catch (err) {
      ctx.log.error({ err, job: job.name }, 'job failed; it will be tried again');
      return { done: false, ms: ctx.clock() - began };
    }
  }

  async function loop(job: Job): Promise<void> {
    let wait = job.everyMs;
    while (await pause(wait)) {
      const { done, ms } = await attempt(job);
      wait = Math.max(done ? job.everyMs : Math.min(job.everyMs, RETRY_MS), REST * ms);
    }
  }

  const pause = (ms: number): Promise<boolean> =>
    sleep(ms, undefined, { signal: ending.signal, ref: false }).then(
      () => true,
      () => false,
    );

  return {
    start() {
      for (const job of jobs) loops.push(loop(job));
    },
    async runNow(name) {
      const job = jobs.find((each) => each.name === name);
      if (!job) throw new Error(`there is no job ${name}`);
      while (!(await queued(job, () => runLeased(ctx, job, holder)))) {
        if (!(await pause(100))) return;
      }
    },
    async stop() {
      ending.abort();
      const ended = Promise.all([...loops, ...tails.values()]);
      const patience = new AbortController();
      await Promise.race([ended, sleep(STOP_WITHIN_MS, undefined, { signal: patience.signal })]);
      patience.abort();
    },
  };
}
