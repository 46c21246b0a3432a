import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../../test/until.ts';
import { requireFence } from './fence.ts';
import type { Job, ModelJob, SingleJob } from './job.ts';
import { takeLease } from './lease.ts';
import { createJobRunner, type JobRunner } from './runner.ts';
import { createJobsWorld, type JobsWorld } from './testing/ledgers.ts';

const HOUR = 3_600_000;

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
  return track(createJobRunner(world.ctx, jobs, { servers, models: async () => models, waitedMs: () => 0 }));
}

function track(made: JobRunner): JobRunner {
  runners.push(made);
  return made;
}

/** A job for which every model always has something to do. `look` resolves when all that was due has begun. */
function modelJob(run: ModelJob['run']) {
  let looks = 0;
  const job: ModelJob = {
    name: 'models',
    scope: 'model',
    everyMs: 1,
    async waiting(_ctx, owned) {
      looks += 1;
      return owned;
    },
    run,
  };
  const look = async () => {
    const before = looks;
    // by the second look what the first one found has begun
    await until(() => looks >= before + 2, 1);
  };
  return { job, look };
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
  await until(() => state.runs === 1);
  open();
  await until(() => state.runs >= 5);
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
  await until(() => runs >= 3);
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
  await until(() => state.runs === 1);
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

test.each([
  ['ahead', 8 * HOUR],
  ['back', -8 * HOUR],
])('a wall clock that jumps eight hours %s during a run delays no run', async (_, jump) => {
  let runs = 0;
  const job = (scope: 'server' | 'one'): Job => ({
    name: scope,
    scope,
    everyMs: 1,
    async run() {
      runs += 1;
      if (runs === 1) world.now += jump;
    },
  });
  const jobs = await runner('one', job('server'), job('one'));
  jobs.start();
  await until(() => runs >= 10);
  expect(world.told).toEqual([]);
});

test('a wall clock that jumps during the run of a model costs that run at most', async () => {
  models = ['m'];
  const decided: number[] = [];
  const servers = await world.server('one');
  const { job } = modelJob(async (_, fence) => {
    if (decided.length === 0) world.now += 8 * HOUR;
    decided.push(0);
    await world.ctx.ledger.transaction().execute((trx) => requireFence(trx, fence));
    decided.push(world.now);
  });
  const jobs = track(
    createJobRunner(world.ctx, [job], { servers, models: async () => models, waitedMs: () => 0 }),
  );
  await expect(jobs.runNow('models')).rejects.toMatchObject({ code: 'lease_lost' });
  await jobs.runNow('models');
  expect(decided.at(-1)).toBe(world.now);
});

test('wake calls a job before its time', async () => {
  const ran = vi.fn();
  const job: Job = { name: 'rare', scope: 'server', everyMs: HOUR, run: async () => ran() };
  const jobs = await runner('one', job);
  jobs.start();
  jobs.wake('rare');
  await until(() => ran.mock.calls.length === 1);
  jobs.wake('rare');
  await until(() => ran.mock.calls.length === 2);
});

test('every model is served, by the server that owns it, and a failing one harms no other', async () => {
  models = Array.from({ length: 40 }, (_, i) => `m${i}`);
  const served: string[] = [];
  const job = (server: string) =>
    modelJob(async (ctx, fence) => {
      await ctx.ledger.transaction().execute((trx) => requireFence(trx, fence));
      expect(fence).toMatchObject({ server });
      if (fence.name === 'm7') throw new Error('broken');
      served.push(`${fence.server} ${fence.name}`);
    }).job;
  for (const id of ['one', 'two']) {
    const servers = await world.server(id);
    servers.start();
    track(
      createJobRunner(world.ctx, [job(id)], { servers, models: async () => models, waitedMs: () => 0 }),
    ).start();
  }
  await until(() => new Set(served).size >= 39 && shared(served) === 2);
  expect(world.told.filter((line) => line !== 'failed for a model; it will be tried again')).toEqual([]);
});

const shared = (served: readonly string[]) => new Set(served.map((line) => line.split(' ')[0])).size;

test('two models are served at once, none of them twice, the least recently served first', async () => {
  models = ['a', 'b', 'c', 'd', 'e'];
  const order: string[] = [];
  const now = new Set<string>();
  let most = 0;
  let asked = 0;
  const { job } = modelJob(async (_, { name }) => {
    await until(() => asked === 3);
    expect(now.has(name)).toBe(false);
    now.add(name);
    most = Math.max(most, now.size);
    order.push(name);
    await new Promise((resolve) => setImmediate(resolve));
    now.delete(name);
  });
  const counted: Job = { ...job, waiting: (...of) => job.waiting(...of).finally(() => asked++) };
  const jobs = await runner('one', counted);
  await Promise.all([jobs.runNow('models'), jobs.runNow('models'), jobs.runNow('models')]);
  expect(most).toBe(2);
  // whoever asked during the first two runs waits for another run of those two
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e', 'a', 'b']);
});

test('a model that fails is held back by itself, for longer every time, up to five minutes', async () => {
  models = ['bad', 'good'];
  const runs: Record<string, number> = { bad: 0, good: 0 };
  const { job, look } = modelJob(async (_, { name }) => {
    runs[name] = runs[name]! + 1;
    if (name === 'bad') throw new Error('broken');
  });
  const jobs = await runner('one', job);
  jobs.start();
  /** Seconds until the failing model is tried again, in steps of so many. */
  const pause = async (step: number) => {
    const before = runs.bad!;
    for (let s = 0; ; s += step) {
      await look();
      if (runs.bad! > before) return s;
      world.elapsed += step * 1_000;
    }
  };
  expect(await pause(1)).toBe(0);
  expect([await pause(1), await pause(1), await pause(5)]).toEqual([5, 10, 20]);
  expect([await pause(20), await pause(20), await pause(20), await pause(20)]).toEqual([40, 80, 160, 300]);
  expect(await pause(20)).toBe(300);
  expect(runs.good).toBeGreaterThan(50);
});

test('a run has a turn of its own, and makes way for those who wait', async () => {
  models = ['m'];
  let waits = true;
  const { job } = modelJob(async (ctx) => {
    world.elapsed += 100;
    const turn = ctx.turn();
    setImmediate(() => {
      waits = false;
    });
    await turn;
    expect(waits).toBe(false);
  });
  const servers = await world.server('one');
  await track(
    createJobRunner(world.ctx, [job], {
      servers,
      models: async () => models,
      waitedMs: () => (waits ? 100 : 0),
    }),
  ).runNow('models');
});
