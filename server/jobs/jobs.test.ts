import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Ctx, SYSTEM } from '../context.ts';
import { openLedger } from '../store/ledger/open.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import type { Job } from './job.ts';
import { giveLease, takeLease } from './lease.ts';
import { createJobRunner, type JobRunner } from './runner.ts';

let now = 1_795_168_800_000;
let dataDir: string;
let ledger: Kysely<Ledger>;
let ctx: Ctx;
const errors: string[] = [];
const runners: JobRunner[] = [];
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-jobs-'));
  ledger = await openLedger({ dataDir, clock: () => now });
  const log = {
    debug() {},
    info() {},
    warn() {},
    error: (_: object, message: string) => errors.push(message),
  };
  ctx = { ledger, clock: () => now, actor: SYSTEM, log } as unknown as Ctx;
  errors.length = 0;
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await ledger.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});

function runner(holder: string, ...jobs: Job[]): JobRunner {
  const made = createJobRunner(ctx, jobs, holder);
  runners.push(made);
  return made;
}

/** A run that waits until it is let go. */
function gated() {
  const gate = Promise.withResolvers<void>();
  const state = { runs: 0, together: 0, most: 0 };
  const job: Job = {
    name: 'gated',
    everyMs: 1,
    async run() {
      state.runs += 1;
      state.together += 1;
      state.most = Math.max(state.most, state.together);
      await gate.promise;
      state.together -= 1;
    },
  };
  return { job, state, open: () => gate.resolve() };
}

test('of two holders who ask at once one gets the lease', async () => {
  const asked = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => takeLease(ctx, 'x', holder, 1000)));
  expect(asked.filter(Boolean)).toHaveLength(1);
});

test('the holder may prolong, others wait until it runs out or is given back', async () => {
  expect(await takeLease(ctx, 'x', 'a', 1000)).toBe(true);
  now += 999;
  expect(await takeLease(ctx, 'x', 'b', 1000)).toBe(false);
  expect(await takeLease(ctx, 'x', 'a', 1000)).toBe(true);
  now += 999;
  expect(await takeLease(ctx, 'x', 'b', 1000)).toBe(false);
  now += 1;
  expect(await takeLease(ctx, 'x', 'b', 1000)).toBe(true);
  await giveLease(ctx, 'x', 'a');
  expect(await takeLease(ctx, 'x', 'a', 1000)).toBe(false);
  await giveLease(ctx, 'x', 'b');
  expect(await takeLease(ctx, 'x', 'a', 1000)).toBe(true);
});

test('a job never overlaps itself, on one server or on two', async () => {
  const { job, state, open } = gated();
  const [one, two] = [runner('one', job), runner('two', job)];
  one.start();
  two.start();
  const asked = one.runNow('gated');
  await vi.waitUntil(() => state.runs === 1);
  expect(await takeLease(ctx, 'job:gated', 'three', 1000)).toBe(false);
  open();
  await asked;
  await vi.waitUntil(() => state.runs >= 5);
  expect(state.most).toBe(1);
});

test('jobs that share a lease never overlap, on one server or on two', async () => {
  const { job, state, open } = gated();
  const other: Job = { ...job, name: 'other', lease: 'gated' };
  const [one, two] = [runner('one', job, other), runner('two', other)];
  one.start();
  two.start();
  await vi.waitUntil(() => state.runs === 1);
  const asked = [one.runNow('other'), two.runNow('other')];
  open();
  await Promise.all(asked);
  await vi.waitUntil(() => state.runs >= 6);
  expect(state.most).toBe(1);
});

test('a job that fails is told of and tried again', async () => {
  let runs = 0;
  const job: Job = {
    name: 'failing',
    everyMs: 1,
    async run() {
      runs += 1;
      if (runs === 1) throw new Error('not yet');
    },
  };
  runner('one', job).start();
  await vi.waitUntil(() => runs >= 3);
  expect(errors).toEqual(['job failed; it will be tried again']);
});

test('run now resolves after the run, and rejects with its failure', async () => {
  const ran = vi.fn();
  const fine: Job = { name: 'fine', everyMs: 1e9, run: async () => ran() };
  const bad: Job = { name: 'bad', everyMs: 1e9, run: () => Promise.reject(new Error('bad')) };
  const jobs = runner('one', fine, bad);
  await jobs.runNow('fine');
  expect(ran).toHaveBeenCalledOnce();
  await expect(jobs.runNow('bad')).rejects.toThrow('bad');
  await expect(jobs.runNow('none')).rejects.toThrow('no job none');
  expect(await ledger.selectFrom('leases').selectAll().execute()).toEqual([]);
});

test('stop waits for the run under way and begins no other', async () => {
  const { job, state, open } = gated();
  const jobs = runner('one', job);
  jobs.start();
  await vi.waitUntil(() => state.runs === 1);
  let stopped = false;
  const stopping = jobs.stop().then(() => {
    stopped = true;
  });
  await Promise.resolve();
  expect(stopped).toBe(false);
  open();
  await stopping;
  expect(state).toMatchObject({ runs: 1, together: 0 });
});
