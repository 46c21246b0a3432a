import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requireFence } from './fence.ts';
import type { Job, ModelJob, SingleJob } from './job.ts';
import { takeLease } from './lease.ts';
import { createJobRunner, type JobRunner } from './runner.ts';
import { createJobsWorld, type JobsWorld } from './testing/ledgers.ts';

let world: JobsWorld;
const runners: JobRunner[] = [];
let models: string[];
beforeEach(async () => {
  world = await createJobsWorld();
  models = [];
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await world.close();
});

async function runner(id: string, ...jobs: Job[]): Promise<JobRunner> {
  const servers = await world.server(id);
  const made = createJobRunner(world.ctx, jobs, {
    servers,
    models: async () => models,
    waiting: () => false,
  });
  runners.push(made);
  return made;
}

/** A run that waits until it is let go. */
function gated() {
  const gate = Promise.withResolvers<void>();
  const state = { runs: 0, together: 0, most: 0 };
  const job: SingleJob = {
    name: 'gated',
    scope: 'one',
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

test('of several servers that ask at once one gets the lease, and keeps it', async () => {
  for (const id of ['a', 'b', 'c', 'd']) await world.server(id);
  const asked = await Promise.all(['a', 'b', 'c', 'd'].map((id) => takeLease(world.ctx, 'x', id)));
  const [fence] = asked.filter((each) => each !== null);
  expect(asked.filter((each) => each !== null)).toHaveLength(1);
  expect(await takeLease(world.ctx, 'x', fence!.server)).toEqual(fence);
});

test('a lease of a server that was not heard of in time goes to another, with a higher fence', async () => {
  await world.server('a');
  const before = await takeLease(world.ctx, 'x', 'a');
  world.now += 14_999;
  const b = await world.server('b');
  expect(await takeLease(world.ctx, 'x', 'b')).toBe(null);
  world.now += 1;
  await b.publish();
  const after = await takeLease(world.ctx, 'x', 'b');
  expect([before?.fence, after?.fence]).toEqual([1, 2]);
  const check = (fence: typeof before) =>
    world.ctx.ledger.transaction().execute((trx) => requireFence(trx, fence!));
  await expect(check(before)).rejects.toMatchObject({ code: 'lease_lost' });
  await check(after);
});

test('a job of which there is one never overlaps itself, on one server or on two', async () => {
  const { job, state, open } = gated();
  const [one, two] = [await runner('one', job), await runner('two', job)];
  one.start();
  two.start();
  await vi.waitUntil(() => state.runs === 1);
  open();
  await vi.waitUntil(() => state.runs >= 5);
  expect(state.most).toBe(1);
});

test('a job that fails is told of and tried again', async () => {
  let runs = 0;
  const job: Job = {
    name: 'failing',
    scope: 'server',
    everyMs: 1,
    async run() {
      runs += 1;
      if (runs === 1) throw new Error('not yet');
    },
  };
  (await runner('one', job)).start();
  await vi.waitUntil(() => runs >= 3);
  expect(world.told).toEqual(['job failed; it will be tried again']);
});

test('run now resolves after the run, and rejects with its failure', async () => {
  const ran = vi.fn();
  const fine: Job = { name: 'fine', scope: 'one', everyMs: 1e9, run: async () => ran() };
  const bad: Job = {
    name: 'bad',
    scope: 'server',
    everyMs: 1e9,
    run: () => Promise.reject(new Error('bad')),
  };
  const jobs = await runner('one', fine, bad);
  await jobs.runNow('fine');
  expect(ran).toHaveBeenCalledOnce();
  await expect(jobs.runNow('bad')).rejects.toThrow('bad');
  await expect(jobs.runNow('none')).rejects.toThrow('no job none');
});

test('stop waits for the run under way and begins no other', async () => {
  const { job, state, open } = gated();
  const jobs = await runner('one', job);
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

test('every model is served, by the server that owns it, and a failing one harms no other', async () => {
  models = Array.from({ length: 40 }, (_, i) => `m${i}`);
  const served: string[] = [];
  const job = (server: string): ModelJob => ({
    name: 'models',
    scope: 'model',
    everyMs: 1,
    waiting: async (_ctx, owned) => owned,
    async run(ctx, fence) {
      await ctx.ledger.transaction().execute((trx) => requireFence(trx, fence));
      expect(fence).toMatchObject({ server });
      if (fence.name === 'm7') throw new Error('broken');
      served.push(`${fence.server} ${fence.name}`);
    },
  });
  const [one, two] = [await runner('one', job('one')), await runner('two', job('two'))];
  one.start();
  two.start();
  await vi.waitUntil(() => new Set(served).size >= 39, { timeout: 20_000 });
  expect(world.told.filter((line) => line !== 'failed for a model; it will be tried again')).toEqual([]);
});
