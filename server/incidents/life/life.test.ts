import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentChange } from '../../../contract/incident.ts';
import { startTestPostgres, type TestPostgres } from '../../store/ledger/testing/postgres.ts';
import { changeIncident } from '../change-incident.ts';
import { HOUR, type IncidentsWorld, incidentsWorld } from '../testing/world.ts';
import { listSimilar } from './list-similar.ts';
import { mergeIncidents } from './merge-incidents.ts';
import { splitIncident } from './split-incident.ts';

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
    await world.model('n');
  });
  afterEach(() => world.close());

  // the predictions it touched are none of this test's business
  const ctx = () => ({ ...world.ctx, lake: { query: async () => [] } as never });
  const change = (id: string, wanted: IncidentChange) => changeIncident(ctx(), id, wanted, world.announce);
  const told = () => world.told.map(({ event, incident }) => `${event} ${incident.models.join('+')}`);
  const ids = async () => (await world.incidents()).map(({ id }) => id);

  test('a snooze until a time is over then, once, however the clock jumps; what is over needs no reminder', async () => {
    await world.decide(
      { of: 'm/drift age', at: 5, to: 'firing' },
      { of: 'n/drift age', at: 5, to: 'firing' },
    );
    await world.run();
    const [a, b] = await ids();
    await change(a!, { snooze: { until: world.now + 4 * HOUR } });
    await change(b!, { snooze: { until: world.now + 4 * HOUR } });
    await change(b!, { status: 'resolved' });
    world.now -= 2 * HOUR;
    await world.run();
    expect(told()).toEqual(['opened m', 'opened n', 'resolved n']);
    world.now += 9 * HOUR;
    await world.run();
    world.now -= 9 * HOUR;
    await world.run();
    expect(told()).toEqual(['opened m', 'opened n', 'resolved n', 'snooze_over m']);
    expect((await world.incidents())[0]).toMatchObject({ snoozed_until: null, status: 'open' });
  });

  test('a snooze until it changes is over when an alert joins, or when it becomes more urgent', async () => {
    await world.decide({ of: 'm/drift age', at: 5, to: 'firing' });
    await world.run();
    const [a] = await ids();
    await change(a!, { snooze: { until: null } });
    await world.decide({ of: 'm/drift age', at: 6, since: 5, from: 'firing', to: 'firing', value: 0.9 });
    await world.run();
    expect(told()).toEqual(['opened m']);
    await world.decide({ of: 'm/drift job', at: 7, to: 'firing' });
    await world.run();
    expect(told()).toEqual(['opened m', 'snooze_over m']);
    await change(a!, { snooze: { until: world.now + HOUR } });
    await world.decide({ of: 'm/performance', at: 8, to: 'firing' });
    await world.run();
    expect(told()).toEqual(['opened m', 'snooze_over m', 'priority_raised m']);
    expect((await world.incidents())[0]).toMatchObject({ priority: 'P1', snoozed_until: null });
  });

  test('merged incidents are one, whatever their alerts do from then on', async () => {
    await world.decide(
      { of: 'm/drift age', at: 5, to: 'firing' },
      { of: 'n/missing job', at: 5, to: 'firing' },
    );
    await world.run();
    const [a, b] = await ids();
    const merged = await mergeIncidents(ctx(), a!, [b!], world.announce);
    expect(merged.models).toEqual(['m', 'n']);
    expect(merged.alerts.map(({ id }) => id)).toEqual(['m/drift age', 'n/missing job']);
    expect((await world.incidents())[1]).toMatchObject({ status: 'resolved', merged_into: a });
    await world.decide(
      { of: 'n/missing job', at: 6, since: 5, to: 'resolved' },
      { of: 'n/drift age', at: 7, to: 'firing' },
    );
    await world.run();
    expect(await ids()).toEqual([a, b]);
    const alerts = (await change(a!, { comment: 'one pipeline' })).alerts;
    expect(alerts.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'm/drift age firing',
      'n/missing job resolved',
      'n/drift age firing',
    ]);
    expect(told().slice(0, 3)).toEqual(['opened m', 'opened n', 'resolved n']);
    await expect(mergeIncidents(ctx(), a!, [a!], world.announce)).rejects.toThrow('with itself');
    await expect(mergeIncidents(ctx(), b!, [a!], world.announce)).rejects.toThrow(`merged into ${a}`);
    await expect(change(b!, { status: 'open' })).rejects.toThrow(`merged into ${a}`);
  });

  test('alerts that were split off are an incident of their own, and stay with it', async () => {
    await world.decide(
      { of: 'm/drift age', at: 5, to: 'firing' },
      { of: 'm/missing job', at: 6, to: 'firing' },
    );
    await world.run();
    const [a] = await ids();
    await expect(splitIncident(ctx(), a!, ['m/drift age', 'm/missing job'], world.announce)).rejects.toThrow(
      'not all',
    );
    const own = await splitIncident(ctx(), a!, ['m/missing job'], world.announce);
    expect(own.alerts.map(({ id }) => id)).toEqual(['m/missing job']);
    await world.decide(
      { of: 'm/missing job', at: 7, since: 6, to: 'resolved' },
      { of: 'm/missing job', at: 8, to: 'firing' },
      { of: 'm/drift age', at: 9, since: 5, to: 'resolved' },
    );
    await world.run();
    const rows = await world.ctx.ledger
      .selectFrom('incident_alerts')
      .select(['incident', 'alert', 'firing'])
      .orderBy('incident')
      .execute();
    expect(rows).toEqual([
      { incident: a, alert: 'm/drift age', firing: 0 },
      { incident: own.id, alert: 'm/missing job', firing: 1 },
    ]);
    expect(told()).toEqual(['opened m', 'opened m']);
  });

  test('a past incident with the same cause tells what helped', async () => {
    await world.decide(
      { of: 'm/missing job', at: 5, to: 'firing' },
      { of: 'n/drift age', at: 5, to: 'firing' },
    );
    await world.run();
    const [a, b] = await ids();
    await change(a!, {
      status: 'resolved',
      verdict: 'real',
      found: 'missing_values',
      comment: 'join mended',
    });
    await change(b!, { status: 'resolved' });
    await world.decide({ of: 'm/missing job', at: 90, to: 'firing' });
    await world.run();
    const [, , c] = await ids();
    expect((await listSimilar(world.ctx, c!)).items).toMatchObject([
      { id: a, verdict: 'real', cause: 'missing_values', found: true, helped: { text: 'join mended' } },
    ]);
  });
});
