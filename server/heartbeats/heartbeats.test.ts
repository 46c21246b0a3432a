import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Heartbeat } from '../../contract/heartbeat.ts';
import { HOUR, type IncidentsWorld, incidentsWorld } from '../incidents/testing/world.ts';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { beat } from './beat.ts';
import { heartbeatsJob } from './job.ts';
import { createNewJobs } from './new-jobs.ts';
import { changeJob, deleteJob, listJobs } from './watched-jobs.ts';

describe.each(['SQLite', 'PostgreSQL'])('on %s', (ledger) => {
  let postgres: TestPostgres | undefined;
  let world: IncidentsWorld;
  beforeAll(async () => {
    if (ledger === 'PostgreSQL') postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    world = await incidentsWorld(await postgres?.createDatabase());
  });
  afterEach(() => world.close());

  const says = (state: Heartbeat['state'], more: Partial<Heartbeat> = {}) =>
    beat(world.ctx, 'nightly', { state, ...more });
  const run = async () => heartbeatsJob(world.announce).run(world.ctx, await world.fence());
  const told = () =>
    world.told.map(({ event, incident }) => `${event} ${incident.priority} ${incident.title}`);

  test('a job that fails, does not come and comes back: an incident each time, over when it does well', async () => {
    for (let i = 0; i < 5; i += 1) {
      await says('start');
      world.now += HOUR;
      await says('ok', { rows: 1000, model: 'm' });
      world.now += 23 * HOUR;
    }
    await run();
    expect(told()).toEqual([]);
    await says('fail');
    await run();
    await run();
    expect(told()).toEqual([expect.stringMatching(/^opened P2 The job nightly said that it failed/)]);
    expect(world.told[0]!.incident).toMatchObject({
      models: ['m'],
      causes: [
        { kind: 'pipeline_failure', sentence: expect.stringContaining('nightly said that it failed') },
      ],
    });
    await says('ok', { rows: 10 });
    await run();
    expect(told().slice(1)).toEqual([]);
    expect((await world.incidents())[0]).toMatchObject({
      status: 'open',
      title: expect.stringContaining('did 10 rows'),
    });
    await says('ok', { rows: 990 });
    await run();
    expect(told().slice(1)).toEqual([expect.stringMatching(/^resolved/)]);
    world.now += 40 * HOUR;
    await run();
    expect(told().at(-1)).toContain('opened P2 The job nightly has not ended well for 40 h');
    await deleteJob(world.ctx, 'nightly');
    await run();
    expect(told().at(-1)).toMatch(/^resolved/);
  });

  test('a key that may only send names so many new jobs an hour, and goes on with those it has', async () => {
    const grant = createNewJobs();
    const actor = { ...world.ctx.actor, scopes: new Set(['ingest'] as const) };
    const name = (job: string) => beat({ ...world.ctx, actor }, job, { state: 'ok' }, grant);
    for (let i = 0; i < 100; i += 1) await name(`made-up-${i}`);
    await expect(name('one-more')).rejects.toMatchObject({ code: 'too_many_requests' });
    await name('made-up-3');
    await beat(world.ctx, 'of-people', { state: 'ok' }, grant);
    expect((await listJobs(world.ctx)).items).toHaveLength(101);
  });

  test('a key of some models says nothing of a job that is of none of them, and makes none its own', async () => {
    await says('fail');
    const actor = { ...world.ctx.actor, models: new Set(['m']) };
    const bound = (job: string, model = 'm') => beat({ ...world.ctx, actor }, job, { state: 'ok', model });
    await expect(bound('nightly')).rejects.toMatchObject({ code: 'model_not_allowed' });
    expect((await listJobs(world.ctx)).items).toMatchObject([
      { job: 'nightly', model: null, verdict: 'failed' },
    ]);
    await bound('mine');
    await expect(bound('mine', 'other')).rejects.toMatchObject({ code: 'model_not_allowed' });
    expect(await bound('mine')).toMatchObject({ model: 'm' });
  });

  test('what is expected can be set; a key of some models names one', async () => {
    await says('ok');
    const settings = { every_ms: HOUR, grace_ms: HOUR, longest_ms: null, shrunk_below: 0.5 };
    expect(await changeJob(world.ctx, 'nightly', settings)).toMatchObject({ verdict: 'ok', settings });
    world.now += 3 * HOUR;
    expect((await listJobs(world.ctx)).items[0]).toMatchObject({ verdict: 'late' });
    const actor = { ...world.ctx.actor, models: new Set(['m']) };
    await expect(beat({ ...world.ctx, actor }, 'other', { state: 'ok' })).rejects.toThrow('name one of them');
    await expect(changeJob(world.ctx, 'none', settings)).rejects.toThrow('No job called none');
  });
});
