import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../test/until.ts';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { changeIncident } from './change-incident.ts';
import { HOUR, type IncidentsWorld, incidentsWorld, START } from './testing/world.ts';

describe.each(['SQLite', 'PostgreSQL'])('on %s', (ledger) => {
  let postgres: TestPostgres | undefined;
  let world: IncidentsWorld;
  beforeAll(async () => {
    if (ledger === 'PostgreSQL') postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    world = await incidentsWorld(await postgres?.createDatabase());
    await world.model('m');
    await world.decide({ of: 'm/drift age', at: 5, to: 'firing' });
    await world.run();
  });
  afterEach(() => world.close());

  const only = async () => (await world.incidents())[0]!;
  const change = async (wanted: Parameters<typeof changeIncident>[2]) => {
    const { id } = await only();
    // the predictions it touched are none of this test's business
    const lake = { query: async () => [] } as never;
    return changeIncident({ ...world.ctx, lake }, id, wanted, world.announce);
  };

  /** Begins something within the transaction of the next announcement, which goes on once that waits for it. */
  function meanwhile(work: () => Promise<unknown>): { done: Promise<unknown> } {
    const begun = { done: Promise.resolve() as Promise<unknown> };
    world.during = async () => {
      world.during = () => {};
      begun.done = work();
      if (postgres === undefined) return;
      await until(async () => {
        const { rows } = await sql`select 1 from pg_locks where not granted`.execute(world.ctx.ledger);
        return rows.length > 0;
      });
    };
    return begun;
  }

  test('an acknowledgement while decisions are followed stays, and so do the decisions', async () => {
    await world.decide({ of: 'm/performance', at: 6, to: 'firing' });
    const { id } = await only();
    const begun = meanwhile(() => change({ status: 'acknowledged' }));
    await world.run();
    await begun.done;
    expect(await only()).toMatchObject({ id, status: 'acknowledged', priority: 'P1' });
  });

  test('decisions that are followed while a person resolves see the resolution', async () => {
    await world.decide({ of: 'm/missing income', at: 6, to: 'firing' });
    const begun = meanwhile(() => world.run());
    await change({ status: 'resolved' });
    await begun.done;
    const [first, second] = await world.incidents();
    expect(first).toMatchObject({ status: 'resolved', acknowledged_by: 'Tiltmeter' });
    expect(second).toMatchObject({
      status: 'open',
      title: expect.stringMatching(/^Missing values in income/),
    });
  });

  test('of two people who change it at once neither loses what the other said', async () => {
    await Promise.all([
      change({ status: 'acknowledged' }),
      change({ verdict: 'real' }),
      change({ comment: 'why' }),
    ]);
    expect(await only()).toMatchObject({ status: 'acknowledged', verdict: 'real' });
  });

  test('a reopening by hand is announced, and what ends after it', async () => {
    await change({ status: 'resolved' });
    await change({ status: 'open' });
    await world.decide({ of: 'm/drift age', at: 7, since: 5, to: 'resolved' });
    await world.judged('m', 99);
    await world.run();
    const said = world.told.map(({ event, incident }) => `${event} ${incident.episode} ${incident.status}`);
    expect(said).toEqual(['opened 1 open', 'resolved 1 resolved', 'reopened 2 open', 'resolved 2 resolved']);
  });

  test('resolved while it goes on it says so, and keeps what is known of it', async () => {
    await world.judged('m', 17);
    const resolved = await change({ status: 'resolved' });
    expect(resolved).toMatchObject({
      status: 'resolved',
      resolved_by: world.ctx.actor.name,
      going_to: new Date(START + 17 * HOUR).toISOString(),
    });
    expect(resolved.timeline.at(-1)).toMatchObject({ kind: 'resolved', text: 'while it was still going on' });
    await world.decide({ of: 'm/drift age', at: 20, to: 'resolved', since: 5 });
    await world.run();
    expect(await only()).toMatchObject({
      going_to: START + 17 * HOUR,
      last_at: resolved.last_at && START + 5 * HOUR,
    });
    expect(await change({ status: 'open' })).toMatchObject({ resolved_by: null, going_to: null });
  });

  test('resolved by hand when nothing fires any more it is over', async () => {
    await world.decide({ of: 'm/drift age', at: 6, to: 'resolved', since: 5 });
    await world.run();
    expect(await change({ status: 'resolved' })).toMatchObject({ going_to: null, resolved_by: 'Tiltmeter' });
  });

  test('to take an acknowledgement back is no reopening', async () => {
    await change({ status: 'acknowledged' });
    await change({ status: 'open' });
    expect(world.told.map(({ event }) => event)).toEqual(['opened']);
    expect(await only()).toMatchObject({ episode: 1, acknowledged_by: null });
  });

  test('a resolved incident stays so while its alerts go on firing; the next alert opens a new one', async () => {
    await change({ status: 'resolved' });
    await world.decide({ of: 'm/drift age', at: 8, from: 'firing', to: 'firing', since: 5, value: 0.9 });
    await world.judged('m', 20);
    await world.run();
    expect(world.told.map(({ event }) => event)).toEqual(['opened', 'resolved']);
    await world.decide({ of: 'm/missing income', at: 9, to: 'firing' });
    await world.run();
    expect(world.told.map(({ event }) => event)).toEqual(['opened', 'resolved', 'opened']);
  });
});
