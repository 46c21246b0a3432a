import fc from 'fast-check';
import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { followDecisions } from './follow-decisions.ts';
import { incidentsOf } from './incident-row.ts';
import { type IncidentsWorld, incidentsWorld, type Line } from './testing/world.ts';

let world: IncidentsWorld;
beforeEach(async () => {
  world = await incidentsWorld();
  await world.model('m');
});
afterEach(() => world.close());

const said = () =>
  world.told.map(({ event, incident }) => `${event} ${incident.priority} ${incident.episode}`);
const begins = (of: string, at: number, more: Partial<Line> = {}): Line => ({
  of,
  at,
  to: 'firing',
  ...more,
});
const ends = (of: string, at: number, since: number): Line => ({ of, at, to: 'resolved', since });

test('decisions become incidents, told once, however often they are looked at', async () => {
  await world.decide(begins('m/drift age', 5), begins('m/missing income', 6));
  await world.run();
  await world.run();
  expect(said()).toEqual(['opened P2 1']);
  const [incident] = await incidentsOf(world.ctx, await world.incidents());
  expect(incident).toMatchObject({
    ...{ model: 'm', models: ['m'], status: 'open', priority: 'P2', withdrawn: false },
    title: 'Missing values in income, with input drift in age, since 1 Nov 2026, 05:00 UTC',
  });
  expect(incident!.alerts.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'm/drift age firing',
    'm/missing income firing',
  ]);
  const { incident: named } = await world.ctx.ledger
    .selectFrom('alerts')
    .select('incident')
    .where('id', '=', 'm/drift age')
    .executeTakeFirstOrThrow();
  expect(named).toBe(incident!.id);
});

test('each step of urgency is told, and the worst of each alert is shown', async () => {
  await world.decide(begins('m/drift age', 5));
  await world.run();
  await world.ctx.ledger.updateTable('monitors').set({ severity: 'ticket' }).execute();
  expect(said()).toEqual(['opened P2 1']);
  await world.decide(begins('m/performance', 6));
  await world.run();
  await world.decide({ of: 'm/drift age', at: 7, from: 'firing', to: 'firing', since: 5, value: 0.8 });
  await world.run();
  expect(said()).toEqual(['opened P2 1', 'priority_raised P1 1']);
  const [incident] = await incidentsOf(world.ctx, await world.incidents());
  expect(incident!.alerts.find(({ kind }) => kind === 'drift')).toMatchObject({ value: 0.8 });
});

test('it resolves when event time has passed without alerts, and comes back as another episode', async () => {
  await world.decide(begins('m/drift age', 5), ends('m/drift age', 9, 5));
  await world.judged('m', 12);
  await world.run();
  expect(said()).toEqual(['opened P2 1']);
  await world.judged('m', 13);
  await world.run();
  await world.decide(begins('m/drift age', 20));
  await world.judged('m', 21);
  await world.run();
  await world.decide(ends('m/drift age', 22, 20));
  await world.judged('m', 99);
  await world.run();
  expect(said()).toEqual(['opened P2 1', 'resolved P2 1', 'reopened P2 2', 'resolved P2 2']);
  expect(world.told.map(({ incident }) => incident.status)).toEqual(['open', 'resolved', 'open', 'resolved']);
});

test('what ends by another reference says so: in the timeline, of the alert, and where it is told as over', async () => {
  await world.decide(
    begins('m/performance', 5),
    { ...ends('m/performance', 9, 5), reason: 'reference_changed' },
    begins('m/drift age', 6),
    ends('m/drift age', 8, 6),
  );
  await world.judged('m', 99);
  await world.run();
  expect(said()).toEqual(['opened P1 1', 'resolved P1 1']);
  expect((await world.timeline()).filter((line) => line.includes('shows no recovery'))).toHaveLength(1);
  const { incident: told } = world.told.at(-1)!;
  expect(told.ended).toMatchObject({ reason: 'reference_changed' });
  const [incident] = await incidentsOf(world.ctx, await world.incidents());
  expect(incident!.alerts.map(({ kind, reason }) => `${kind} ${reason}`).sort()).toEqual([
    'drift back_to_normal',
    'performance reference_changed',
  ]);
});

test('what came and went in one go is told in order', async () => {
  await world.decide(
    ...[
      begins('m/drift age', 5),
      ends('m/drift age', 9, 5),
      begins('m/drift age', 20),
      ends('m/drift age', 22, 20),
    ],
  );
  await world.judged('m', 99);
  await world.run();
  expect(said()).toEqual(['opened P2 1', 'resolved P2 1', 'reopened P2 2', 'resolved P2 2']);
});

test('a decision that waits in the log keeps an incident open that would be quiet by now', async () => {
  await world.decide(begins('m/drift age', 5), ends('m/drift age', 9, 5), begins('m/drift age', 10));
  await world.judged('m', 99);
  await world.run({ lines: 2 });
  expect(said()).toEqual(['opened P2 1']);
});

test('what never was is withdrawn: told as over, in words', async () => {
  await world.decide(begins('m/drift age', 5));
  await world.run();
  await world.decide({
    of: 'm/drift age',
    at: 8,
    since: 5,
    from: 'firing',
    to: 'ok',
    correction: 'corrected',
  });
  await world.run();
  expect(said()).toEqual(['opened P2 1', 'resolved P2 1']);
  expect(world.told[1]!.incident).toMatchObject({ withdrawn: true, title: world.told[0]!.incident.title });
  expect((await world.timeline()).slice(-2)).toEqual([
    'corrected by system: drift age · as known now it never was · 2026-11-01T08:00:00.000Z',
    'resolved by system: drift age · 2026-11-01T08:00:00.000Z',
  ]);
  const [incident] = await incidentsOf(world.ctx, await world.incidents());
  expect(incident!.alerts).toMatchObject([{ id: 'm/drift age', state: 'resolved', reason: 'corrected' }]);
});

test('what never was takes its part out of the story, and its urgency with it', async () => {
  await world.decide(begins('m/drift age', 5), begins('m/performance', 6));
  await world.run();
  await world.decide({
    of: 'm/performance',
    at: 8,
    since: 6,
    from: 'firing',
    to: 'ok',
    correction: 'corrected',
  });
  await world.run();
  expect(said()).toEqual(['opened P1 1']);
  expect(await world.incidents()).toMatchObject([
    { priority: 'P2', status: 'open', title: 'Input drift in age since 1 Nov 2026, 05:00 UTC' },
  ]);
});

test('what goes on after all reopens what was told to be over', async () => {
  await world.decide(begins('m/drift age', 5), ends('m/drift age', 9, 5));
  await world.judged('m', 20);
  await world.run();
  await world.decide({ ...begins('m/drift age', 11), from: 'resolved', since: 5, correction: 'breach' });
  await world.run();
  expect(said()).toEqual(['opened P2 1', 'resolved P2 1', 'reopened P2 2']);
});

test('an incident may span models, and waits for all of them', async () => {
  const sources = JSON.stringify([{ name: 'pipeline', kind: 'pipeline' }]);
  await world.ctx.ledger.updateTable('models').set({ sources }).execute();
  await world.model('n', { importance: JSON.stringify({ age: 1 }), sources });
  await world.decide(begins('n/drift age', 5), begins('m/missing income', 6));
  await world.decide(ends('n/drift age', 8, 5), ends('m/missing income', 9, 6));
  await world.judged('n', 99);
  await world.judged('m', 10);
  await world.run();
  expect(await world.incidents()).toMatchObject([
    { model: 'n', grouped_by: 'n', status: 'open', title: expect.stringMatching(/, in 2 models$/) },
  ]);
  await world.judged('m', 99);
  await world.run();
  expect(said()).toEqual(['opened P2 1', 'spread P2 1', 'resolved P2 1']);
  expect(world.told[2]!.incident).toMatchObject({ model: 'n', models: ['n', 'm'] });
});

test('that it reaches many models in one go is told once, with all of them', async () => {
  const sources = JSON.stringify([{ name: 'pipeline', kind: 'pipeline' }]);
  await world.ctx.ledger.updateTable('models').set({ sources }).execute();
  for (const id of ['n', 'o', 'p']) await world.model(id, { sources });
  await world.decide(...['m', 'n', 'o', 'p'].map((id) => begins(`${id}/drift age`, 5)));
  await world.run();
  expect(said()).toEqual(['opened P2 1', 'spread P2 1']);
  expect(world.told[1]!.incident.models).toEqual(['m', 'n', 'o', 'p']);
});

test('a server that lost its lease decides nothing', async () => {
  await world.decide(begins('m/drift age', 5));
  const old = await world.fence();
  await world.ctx.ledger.updateTable('leases').set({ holder: 'another' }).execute();
  await expect(followDecisions(world.ctx, old, world.announce)).rejects.toMatchObject({ code: 'lease_lost' });
  expect(await world.incidents()).toEqual([]);
  expect(world.told).toEqual([]);
});

test('dying between any two statements and starting again decides and tells everything once', async () => {
  await world.decide(begins('m/drift age', 5), ends('m/drift age', 9, 5), begins('m/missing age', 10));
  const fence = await world.fence();
  for (let deaths = 0; ; deaths++) {
    world.told.length = 0;
    try {
      await followDecisions(dyingAt(deaths), fence, world.announce);
      expect(deaths).toBeGreaterThan(10);
      break;
    } catch (error) {
      expect(String(error)).toContain('died');
      expect(await world.incidents()).toEqual([]);
      expect(await world.timeline()).toEqual([]);
    }
  }
  expect(said()).toEqual(['opened P2 1']);
  expect(await followDecisions(world.ctx, fence, world.announce)).toBe(false);
  expect(said()).toEqual(['opened P2 1']);
});

/** The same world, which ends before its statement number `n`. */
function dyingAt(n: number): Ctx {
  let left = n;
  const dying: KyselyPlugin = {
    transformQuery({ node }) {
      if (left-- === 0) throw new Error('died');
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { ...world.ctx, ledger: world.ctx.ledger.withPlugin(dying) };
}

const hour = fc.integer({ min: 0, max: 120 });
const events = fc.array(
  fc.record({
    of: fc.constantFrom('m/drift a', 'm/missing b', 'm/performance', 'n/drift c'),
    hour,
    length: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Alerts that begin and end, in order of time, no two stretches of one overlapping. */
function linesOf(stretches: readonly { of: string; hour: number; length: number }[]): Line[] {
  const until = new Map<string, number>();
  const lines = [...stretches]
    .sort((a, b) => a.hour - b.hour)
    .flatMap(({ of, hour: at, length }) => {
      if ((until.get(of) ?? -1) >= at) return [];
      until.set(of, at + length);
      return [begins(of, at), ends(of, at + length, at)];
    });
  return lines.sort((a, b) => a.at - b.at);
}

test('in whatever pieces the log is read, the same incidents are opened, resolved and reopened', async () => {
  // n is asked with answers of m
  await world.model('n', { upstream: JSON.stringify(['m']) });
  await fc.assert(
    fc.asyncProperty(events, fc.integer({ min: 1, max: 4 }), async (stretches, pieces) => {
      const seen: unknown[] = [];
      for (const lines of [500, pieces]) {
        for (const table of ['incidents', 'incident_alerts', 'incident_events', 'judgements'] as const)
          await world.ctx.ledger.deleteFrom(table).execute();
        world.told.length = 0;
        await world.decide(...linesOf(stretches));
        for (const model of ['m', 'n']) await world.judged(model, 300);
        await world.run({ lines });
        const told = Map.groupBy(world.told, ({ incident }) => incident.id);
        const stories = [...told.values()].map((news) =>
          news
            .filter(({ event }) => event !== 'priority_raised' && event !== 'spread')
            .map(({ event, incident }) => `${incident.model} ${event} ${incident.episode}`)
            .join(', '),
        );
        const left = (await world.incidents()).map(({ id: _id, updated_at: _at, ...row }) =>
          JSON.stringify({ ...row, opened_at: 0, resolved_at: 0 }),
        );
        seen.push([stories.sort(), left.sort()]);
      }
      expect(seen[0]).toEqual(seen[1]);
    }),
    { numRuns: 25, seed: 3 },
  );
});
