import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NewSilence } from '../../contract/silence.ts';
import type { Announce } from '../incidents/announce.ts';
import { changeIncident } from '../incidents/change-incident.ts';
import { incidentsJob } from '../incidents/job.ts';
import { HOUR, type IncidentsWorld, incidentsWorld } from '../incidents/testing/world.ts';
import { saveEscalation } from './escalation/escalations.ts';
import { escalationJob } from './escalation/job.ts';
import { enqueue } from './outbox/enqueue.ts';
import { createSilence } from './silences/create-silence.ts';
import { endSilence } from './silences/end-silence.ts';
import { silencesJob } from './silences/job.ts';

const STEPS = [
  ...['fires', 'clears', 'acknowledged', 'open', 'resolved', 'snooze', 'snooze until it changes'],
  ...['silence', 'end of silence', 'minutes', 'days', 'clock back', 'run', 'death'],
] as const;
type Step = (typeof STEPS)[number];

const ALERTS = ['drift age', 'missing income', 'performance'];
const ONLY = { priority: null, models: [], owners: [], causes: [] };

let world: IncidentsWorld;
let models = 0;

beforeAll(async () => {
  world = await incidentsWorld();
  const channel = { kind: 'webhook', options: '{}', enabled: 1, tells: 'incidents' } as const;
  const rows = [
    { id: 'chat', name: 'chat', only_of: '{}' },
    { id: 'pager', name: 'pager', only_of: '{"priority":"P1"}' },
  ].map((row) => ({ ...row, ...channel, created_at: 0, updated_at: 0 }));
  await world.ctx.ledger.insertInto('channels').values(rows).execute();
  const steps = [10, 30].map((after_minutes) => ({ after_minutes, to: [{ channel: 'pager' }] }));
  await saveEscalation(world.ctx, { name: 'nights', only: ONLY, steps });
});
afterAll(() => world.close());

/** A model, what happens to it, and what people and the clock do meanwhile. */
async function play(steps: readonly Step[]): Promise<void> {
  models += 1;
  const model = `m${models}`;
  await world.model(model);
  const firing = new Map<string, number>();
  const silences: string[] = [];
  let hour = 1;
  const work = async (announce: Announce) => {
    const fence = await world.fence();
    for (const job of [incidentsJob(announce), silencesJob(announce), escalationJob])
      await job.run(world.ctx, fence);
  };
  const newest = async () => (await world.incidents()).filter((row) => row.model === model).at(-1)?.id;
  const change = async (wanted: Parameters<typeof changeIncident>[2]) => {
    const id = await newest();
    const lake = { query: async () => [] } as never;
    // what is refused changes nothing
    if (id !== undefined) await changeIncident({ ...world.ctx, lake }, id, wanted, enqueue).catch(() => {});
  };
  const acts: Record<Step, () => Promise<unknown>> = {
    async fires() {
      const alert = ALERTS.find((each) => !firing.has(each));
      if (alert === undefined) return;
      hour += 1;
      firing.set(alert, hour);
      await world.decide({ of: `${model}/${alert}`, at: hour, to: 'firing' });
    },
    async clears() {
      const [[alert, since] = []] = firing;
      if (alert === undefined) return;
      hour += 1;
      firing.delete(alert);
      await world.decide({ of: `${model}/${alert}`, at: hour, since: since!, to: 'resolved' });
      hour += firing.size === 0 ? 10 : 0;
      await world.judged(model, hour);
    },
    acknowledged: () => change({ status: 'acknowledged' }),
    open: () => change({ status: 'open' }),
    resolved: () => change({ status: 'resolved' }),
    snooze: () => change({ snooze: { until: world.now + HOUR } }),
    'snooze until it changes': () => change({ snooze: { until: null } }),
    async silence() {
      const body = { matchers: [{ field: 'model', value: model }], ends_at: world.now + HOUR, comment: 'x' };
      silences.push((await createSilence(world.ctx, NewSilence.parse(body))).id);
    },
    async 'end of silence'() {
      const id = silences.pop();
      if (id !== undefined) await endSilence(world.ctx, id);
    },
    async minutes() {
      world.now += 20 * 60_000;
    },
    async days() {
      world.now += 50 * HOUR;
    },
    async 'clock back'() {
      world.now -= 5 * HOUR;
    },
    run: () => work(enqueue),
    // it dies after a message was written, within the transaction
    death: () =>
      work(async (...told) => {
        await enqueue(...told);
        throw new Error('died');
      }).catch(() => {}),
  };
  for (const step of steps) await acts[step]();
  await work(enqueue);
}

test('whatever people, restarts and the clock do: of an episode a channel is told the beginning once at most, then the end once at most', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 5, maxLength: 25 }), async (steps) => {
      await play(['fires', 'run', ...steps]);
      const mine = (await world.incidents()).filter(({ model }) => model === `m${models}`);
      const rows = await world.ctx.ledger
        .selectFrom('outbox')
        .select(['channel', 'incident', 'episode', 'event', 'sequence'])
        .where(
          'incident',
          'in',
          mine.map(({ id }) => id),
        )
        .orderBy('sequence')
        .execute();
      for (const told of Map.groupBy(rows, ({ channel, incident }) => `${channel} ${incident}`).values()) {
        const words = told.map(({ episode, event }) => `${episode} ${event}`);
        const episodes = told.map(({ episode }) => Number(episode));
        expect(episodes, words.join()).toEqual([...episodes].sort((a, b) => a - b));
        for (const own of Map.groupBy(told, ({ episode }) => episode).values()) {
          const events = own.map(({ event }) => event);
          const begins = events.filter((event) => event === 'opened' || event === 'reopened');
          expect(begins.length, words.join()).toBeLessThanOrEqual(1);
          // the end is told once, and nothing after it
          expect([-1, events.length - 1], words.join()).toContain(events.indexOf('resolved'));
        }
      }
    }),
    { numRuns: 25, seed: 12 },
  );
}, 30_000);
