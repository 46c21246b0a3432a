import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SingleJob } from '../../jobs/job.ts';
import { takeLease } from '../../jobs/lease.ts';
import { createServers } from '../../jobs/servers.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { createMonitor } from '../../monitors/configure/create-monitor.ts';
import { evaluate } from '../../monitors/judge/evaluate.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../profiles/test-world.ts';
import type { Announce, Announced } from '../announce.ts';
import { getIncident } from '../get-incident.ts';
import { incidentsJob } from '../job.ts';
import { postmortem } from '../life/postmortem.ts';
import { lossBrief } from './loss-sentence.ts';
import { pricesBehind } from './prices-behind.ts';
import { pricesJob } from './prices-job.ts';

const DAY = 24 * HOUR;
const PER_HOUR = 10;
const N = 14 * 24 * PER_HOUR;
const BROKEN = START + 11 * DAY;
const time = (i: number) => START + i * (HOUR / PER_HOUR);
const yes = (i: number) => i % 2 === 0;
const late = (i: number) => time(i) >= BROKEN;
const all = Array.from({ length: N }, (_, i) => i);

let world: World;
let told: { event: string; incident: Announced }[] = [];
const announce: Announce = async (_ctx, _trx, event, incident) => void told.push({ event, incident });

let servers: ReturnType<typeof createServers>;

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  const marks = { mark: () => world.now, raise() {} };
  servers = createServers(world.ctx, { id: 'server', marks, alone: true });
  await servers.join();
});
afterAll(() => world.close());

/** One in ten answers is wrong, of both sorts; from the eleventh day on all of those are of the dear sort. */
async function shop(model: string, urgentPerDay: number): Promise<void> {
  const impact = { false_positive: -5, false_negative: -300, unit: 'EUR', urgent_per_day: urgentPerDay };
  await addModel(
    world,
    model,
    { _prediction: 'categorical' },
    {
      ...{ task: 'binary', positive_label: 'yes', impact: JSON.stringify(impact) },
    },
  );
  await addPredictions(
    world,
    model,
    all.map((i) => {
      const answer = yes(i) && !(late(i) && i % 10 === 0);
      return { _id: `p${i}`, _time: time(i), _score: answer ? 0.9 : 0.1, _prediction: answer ? 'yes' : 'no' };
    }),
  );
  await createMonitor(world.ctx, {
    ...{ model, kind: 'business', severity: 'page', enabled: true },
    options: { metric: 'impact', worse: 'lower' },
  });
}

async function label(model: string, from: number, to: number): Promise<void> {
  const of = all.filter((i) => time(i) >= from && time(i) < to);
  await addLabels(
    world,
    model,
    of.map((i) => ({ id: `p${i}`, label: yes(i) !== (!late(i) && i % 10 === 0) ? 'yes' : 'no' })),
  );
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, model);
  }
}

/** Whatever a job tells. */
async function run(job: SingleJob): Promise<string[]> {
  told = [];
  await servers.publish();
  await job.run(world.ctx, (await takeLease(world.ctx, job.name, 'server'))!);
  return told.map(({ event, incident }) => `${event} ${incident.priority}`);
}

async function incidentOf(model: string) {
  const { id } = await world.ctx.ledger
    .selectFrom('incidents')
    .select('id')
    .where('model', '=', model)
    .executeTakeFirstOrThrow();
  return getIncident(world.ctx, id);
}

test('an incident says what it costs, and costing as much as people said it is urgent', async () => {
  await shop('shop', 2000);
  await label('shop', START, START + 14 * DAY);
  await evaluate(world.ctx, await holdModel(world.ctx, 'shop'));
  expect(await run(incidentsJob(announce))).toEqual(['opened P1']);
  expect(told[0]!.incident.losses[0]!.sentence).toContain('at least the 2,000 EUR from which it is P1');
  const incident = await incidentOf('shop');
  const [{ loss, sentence }] = incident.losses as [(typeof incident.losses)[0]];
  expect(loss).toMatchObject({ unit: 'EUR', urgent: true, predictions: incident.affected_predictions });
  expect(loss!.per_prediction.low).toBeGreaterThan(0);
  expect(sentence).toContain('at least the 2,000 EUR from which it is P1');
  expect(postmortem(incident, [], 'http://tilt')).toContain('## What it costs');
});

test('labels that come later make it urgent while none of its alerts changes, once', async () => {
  await shop('slow', 5000);
  await label('slow', START, BROKEN + DAY);
  await evaluate(world.ctx, await holdModel(world.ctx, 'slow'));
  expect(await run(incidentsJob(announce))).toEqual(['opened P2']);
  expect(await run(pricesJob(announce))).toEqual([]);
  await label('slow', BROKEN + DAY, START + 14 * DAY);
  expect(await run(pricesJob(announce))).toEqual([]);
  world.now += 11 * 60_000;
  expect(await run(pricesJob(announce))).toEqual(['priority_raised P1']);
  expect(lossBrief(told[0]!.incident.losses[0]!.loss!)).toMatch(/^about [\d,]+ EUR a day, /);
  world.now += 11 * 60_000;
  expect(await run(pricesJob(announce))).toEqual([]);
  const { priority, timeline } = await incidentOf('slow');
  expect(priority).toBe('P1');
  expect(timeline.map(({ kind, text }) => [kind, text])).toContainEqual([
    'priority_raised',
    'P2 → P1: it costs as much a day as was said to be urgent',
  ]);
});

test('many dear incidents: a turn reads for a few seconds, the newest soon, every one in the end, and none again in which nothing changed', async () => {
  const { ledger } = world.ctx;
  const { id } = await incidentOf('slow');
  const row = await ledger.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const many = Array.from({ length: 120 }, (_, i) => ({
    ...{ ...row, id: `many-${String(i).padStart(4, '0')}`, grouped_by: `many ${i}`, priority: 'P1' as const },
    ...{ losses: '[]', priced_at: i + 1, priced_as: '', opened_at: world.now - 120 + i },
  }));
  await ledger.insertInto('incidents').values(many).execute();
  await ledger
    .updateTable('incidents')
    .set({ priced_at: world.now })
    .where('id', 'not like', 'many-%')
    .execute();
  const read = async () =>
    (
      await ledger
        .selectFrom('incidents')
        .select('id')
        .where('id', 'like', 'many-%')
        .where('losses', '!=', '[]')
        .orderBy('id')
        .execute()
    ).map(({ id: own }) => own);
  // A hundred milliseconds pass whenever somebody asks.
  let ticks = 0;
  const job = pricesJob(announce, () => 100 * ticks++);
  const due = world.now - 120 + 10 * 60_000;
  world.now = due + 50;
  expect(await pricesBehind(world.ctx)).toEqual({ waiting: 120, since: due });
  await run(job);
  expect(await pricesBehind(world.ctx)).toMatchObject({ waiting: 70 });
  const first = await read();
  expect(first).toHaveLength(50);
  // The newest and those that waited longest.
  expect(first.slice(0, 25)).toEqual(many.slice(0, 25).map((one) => one.id));
  expect(first.at(-1)).toBe('many-0119');
  for (let turn = 1; turn < 3; turn++) await run(job);
  expect(await read()).toHaveLength(120);
  expect(await pricesBehind(world.ctx)).toEqual({ waiting: 0, since: null });
  // Read again they cost what they did: nothing is read, and all were looked at.
  world.now += 11 * 60_000;
  ticks = 0;
  await run(job);
  const waits = await ledger
    .selectFrom('incidents')
    .select('id')
    .where('id', 'like', 'many-%')
    .where('priced_at', '<', world.now)
    .execute();
  expect(waits).toEqual([]);
  expect(ticks).toBeLessThanOrEqual(2);
  // Labels change what it costs: it is read again.
  await label('slow', START, START + HOUR);
  world.now += 11 * 60_000;
  ticks = 0;
  await run(job);
  expect(ticks).toBeGreaterThan(50);
});
