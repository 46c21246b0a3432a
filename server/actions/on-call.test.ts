import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NewRota } from '../../contract/rota.ts';
import { NewSilence } from '../../contract/silence.ts';
import { changeIncident } from '../incidents/change-incident.ts';
import { incidentsJob } from '../incidents/job.ts';
import { HOUR, type IncidentsWorld, incidentsWorld } from '../incidents/testing/world.ts';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { saveEscalation } from './escalation/escalations.ts';
import { escalationJob } from './escalation/job.ts';
import { enqueue } from './outbox/enqueue.ts';
import { listRotas, saveRota } from './rotas/rotas.ts';
import { createSilence } from './silences/create-silence.ts';
import { endSilence } from './silences/end-silence.ts';
import { silencesJob } from './silences/job.ts';
import { previewSilence } from './silences/preview-silence.ts';

const MIN = 60_000;

describe.each(['SQLite', 'PostgreSQL'])('on %s', (ledger) => {
  let postgres: TestPostgres | undefined;
  let world: IncidentsWorld;
  beforeAll(async () => {
    if (ledger === 'PostgreSQL') postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    world = await incidentsWorld(await postgres?.createDatabase());
    await world.model('m', { owner: 'risk@x.example' });
    await world.model('n');
  });
  afterEach(() => world.close());

  async function channel(id: string, change: object = {}): Promise<void> {
    const row = {
      id,
      name: id,
      kind: 'webhook',
      options: '{}',
      enabled: 1,
      tells: 'incidents',
      only_of: '{}',
    } as const;
    await world.ctx.ledger
      .insertInto('channels')
      .values({ ...row, created_at: 0, updated_at: 0, ...change })
      .execute();
  }
  async function run(): Promise<void> {
    const fence = await world.fence();
    for (const job of [incidentsJob(enqueue), silencesJob(enqueue), escalationJob])
      await job.run(world.ctx, fence);
  }
  async function told(): Promise<string[]> {
    const rows = await world.ctx.ledger.selectFrom('outbox').selectAll().orderBy('id').execute();
    return rows.map(({ channel, event }) => `${channel} ${event}`);
  }
  const fires = (of: string, at = 5) => world.decide({ of, at, to: 'firing' });
  const change = async (wanted: Parameters<typeof changeIncident>[2]) => {
    const [{ id } = { id: '' }] = await world.incidents();
    return changeIncident({ ...world.ctx, lake: { query: async () => [] } as never }, id, wanted, enqueue);
  };
  const silence = (body: object) =>
    createSilence(
      world.ctx,
      NewSilence.parse({ ends_at: world.now + 4 * HOUR, comment: 'backfill', ...body }),
    );

  test('there is never a rota or an escalation more than are read: none can hide another', async () => {
    const row = (table: string, i: number) => ({ id: `${table}${i}`, name: `a${i}`, updated_at: 0 });
    const rota = NewRota.parse({ name: 'z', zone: 'UTC', starts_on: '2026-01-05', people: [{ name: 'x' }] });
    const steps = [{ after_minutes: 5, to: [{ owners: true as const }] }];
    const only = { priority: null, models: [], owners: [], causes: [] };
    for (let i = 0; i < 500; i += 1) {
      const a = { ...row('r', i), definition: JSON.stringify(rota) };
      await world.ctx.ledger.insertInto('rotas').values(a).execute();
      const b = { ...row('e', i), definition: JSON.stringify({ name: `a${i}`, only, steps }) };
      await world.ctx.ledger.insertInto('escalations').values(b).execute();
    }
    await expect(saveRota(world.ctx, rota)).rejects.toThrow('at most 500 rotas');
    await expect(saveRota(world.ctx, rota, 'r7')).resolves.toMatchObject({ name: 'z' });
    await expect(saveEscalation(world.ctx, { name: 'z', only, steps })).rejects.toThrow(
      'at most 500 escalations',
    );
  });

  test('there are at most 500 silences that are not over', async () => {
    const { id, ...made } = await silence({ matchers: [{ field: 'model', value: 'm' }] });
    const row = await world.ctx.ledger.selectFrom('silences').selectAll().executeTakeFirstOrThrow();
    const rows = Array.from({ length: 498 }, (_, i) => ({ ...row, id: `${id}-${i}` }));
    for (const one of rows) await world.ctx.ledger.insertInto('silences').values(one).execute();
    const more = () => silence({ matchers: [{ field: 'model', value: 'm' }] });
    const atOnce = await Promise.allSettled([more(), more(), more(), more()]);
    expect(atOnce.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(more()).rejects.toThrow('at most 500 silences');
    world.now += 5 * HOUR;
    expect(await more()).toMatchObject({ comment: made.comment });
  });

  test('what a silence holds for is told when none does any more, if nobody acknowledged it by then', async () => {
    await channel('chat');
    const { id } = await silence({ matchers: [{ field: 'model', value: 'm' }] });
    await fires('m/drift age');
    await fires('n/drift age');
    await run();
    expect(await told()).toEqual(['chat opened']);
    expect(await world.timeline()).toContain('silenced by Tiltmeter: by Tiltmeter: backfill');
    world.now += 3 * HOUR;
    await run();
    expect(await told()).toEqual(['chat opened']);
    await endSilence(world.ctx, id);
    await run();
    await run();
    expect(await told()).toEqual(['chat opened', 'chat opened']);
    expect(await world.ctx.ledger.selectFrom('silenced').selectAll().execute()).toEqual([]);
  });

  test('a silence that would hold for everything asks twice; its preview says what it would have kept', async () => {
    await channel('chat');
    await fires('m/performance');
    await fires('n/drift age');
    await run();
    expect(
      await previewSilence(world.ctx, { matchers: [{ field: 'owner', op: '=', value: 'risk@*' }], days: 30 }),
    ).toMatchObject({
      ...{ incidents: 2, silenced: 1, going_on: 1, messages: 1, everything: false },
      ...{ by_priority: { P1: 1, P2: 0, P3: 0 }, examples: [{ model_names: ['m'] }] },
    });
    await expect(silence({ matchers: [] })).rejects.toThrow('every incident: 2 of the 2 of the past 30 days');
    await expect(silence({ matchers: [{ field: 'model', value: '*' }] })).rejects.toThrow('every incident');
    expect(await silence({ matchers: [], everything: true })).toMatchObject({ state: 'active' });
    await expect(silence({ matchers: [], ends_at: world.now - 1 })).rejects.toThrow('must lie ahead');
  });

  test('a maintenance window holds in its hours', async () => {
    await channel('chat');
    const now = new Date(world.now);
    const hours = { zone: 'UTC', days: [now.getUTCDay()], from: '00:00', to: '23:59' };
    const window = { kind: 'maintenance', ends_at: world.now + 20 * 24 * HOUR, hours };
    expect(await silence({ ...window, matchers: [{ field: 'model', value: 'm' }] })).toMatchObject({
      state: 'active',
    });
    await fires('m/drift age');
    await run();
    expect(await told()).toEqual([]);
    world.now += 24 * HOUR;
    await run();
    expect(await told()).toEqual(['chat opened']);
  });

  test('when nobody acknowledges, further people are told, each once, whatever the clock does', async () => {
    await channel('chat');
    await channel('pager', { only_of: '{"priority":"P1"}' });
    await channel('boss', { only_of: '{"owners":["boss"]}' });
    const people = [{ name: 'Ada', channel: 'pager' }];
    const rota = await saveRota(
      world.ctx,
      NewRota.parse({ name: 'risk', zone: 'UTC', starts_on: '2026-01-05', people }),
    );
    const only = { priority: null, models: [], owners: [], causes: [] };
    const steps = [
      { after_minutes: 5, to: [{ rota: rota.id }] },
      { after_minutes: 10, to: [{ owners: true as const }] },
      { after_minutes: 10, to: [{ channel: 'boss' }] },
    ];
    await saveEscalation(world.ctx, { name: 'nights', only, steps });
    await fires('m/drift age');
    await run();
    world.now += 5 * MIN - 1;
    await run();
    expect(await told()).toEqual(['chat opened']);
    world.now += 1;
    await run();
    await run();
    expect(await told()).toEqual(['chat opened', 'pager escalated']);
    world.now += 10 * MIN;
    await run();
    // the owner has no address: the next step does not wait
    expect(await told()).toEqual(['chat opened', 'pager escalated', 'boss escalated']);
    const lines = (await world.timeline()).filter((line) => line.startsWith('escalated'));
    expect(lines.map((line) => line.replace(/^.*?: /, ''))).toEqual([
      'nights, step 1; told Ada (pager)',
      'nights, step 2; nobody was told; the owner risk@x.example has no address: no channel is told of what risk@x.example owns',
      'nights, step 3; told boss',
    ]);
    world.now -= 5 * HOUR;
    await run();
    world.now += 15 * HOUR;
    await change({ status: 'acknowledged' });
    await run();
    expect((await told()).filter((line) => line.startsWith('chat'))).toEqual(['chat opened']);
    await change({ status: 'resolved' });
    expect((await told()).slice(-3).sort()).toEqual(['boss resolved', 'chat resolved', 'pager resolved']);
  });

  test('an acknowledgement, a snooze and a silence each stop it; escalations that lead back to themselves are refused', async () => {
    await channel('boss');
    const only = { priority: null, models: [], owners: [], causes: [] };
    const first = { name: 'a', only, steps: [{ after_minutes: 0, to: [{ channel: 'boss' }] }] };
    const a = await saveEscalation(world.ctx, {
      ...first,
      steps: [{ ...first.steps[0]!, after_minutes: 30 }],
    });
    await fires('m/drift age');
    await run();
    await change({ snooze: { until: world.now + HOUR } });
    world.now += 40 * MIN;
    await run();
    expect(await told()).toEqual(['boss opened']);
    world.now += 40 * MIN;
    await run();
    expect(await told()).toEqual(['boss opened', 'boss snooze_over']);
    await change({ status: 'acknowledged' });
    world.now += 40 * MIN;
    await run();
    expect(await told()).toHaveLength(2);
    const steps = [{ after_minutes: 5, to: [{ escalation: a.id }] }];
    const b = await saveEscalation(world.ctx, { name: 'b', only, steps });
    await expect(
      saveEscalation(
        world.ctx,
        { ...first, steps: [{ after_minutes: 5, to: [{ escalation: b.id }] }] },
        a.id,
      ),
    ).rejects.toThrow('a → b → a');
    await expect(
      saveEscalation(
        world.ctx,
        { ...first, steps: [{ after_minutes: 5, to: [{ escalation: a.id }] }] },
        a.id,
      ),
    ).rejects.toThrow('a → a');
    await expect(
      saveEscalation(world.ctx, {
        ...first,
        name: 'c',
        steps: [{ after_minutes: 5, to: [{ channel: 'x' }] }],
      }),
    ).rejects.toThrow('step 1 names a channel that does not exist');
  });

  test('who is on call without a channel is told in plain words', async () => {
    const people = [{ name: 'Ada', channel: null }];
    await saveRota(world.ctx, NewRota.parse({ name: 'risk', zone: 'UTC', starts_on: '2026-01-05', people }));
    const { items } = await listRotas(world.ctx);
    expect(items[0]!.now).toMatchObject({
      name: 'Ada',
      unreachable: 'Ada has no channel, so nobody can tell Ada of anything',
    });
  });
});
