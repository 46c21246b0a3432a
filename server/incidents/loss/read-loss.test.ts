import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { getIncident } from '../get-incident.ts';
import { incidentsJob } from '../job.ts';
import { postmortem } from '../life/postmortem.ts';

const DAY = 24 * HOUR;
const PER_HOUR = 10;
const N = 14 * 24 * PER_HOUR;
const time = (i: number) => START + i * (HOUR / PER_HOUR);

let world: World;
const told: string[] = [];

/** One in ten answers is wrong, of both sorts; from the eleventh day on all of those are of the dear sort. */
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  const impact = { false_positive: -5, false_negative: -300, unit: 'EUR', urgent_per_day: 2000 };
  await addModel(
    world,
    'shop',
    { _prediction: 'categorical' },
    {
      ...{ task: 'binary', positive_label: 'yes', impact: JSON.stringify(impact) },
    },
  );
  const yes = (i: number) => i % 2 === 0;
  const late = (i: number) => time(i) >= START + 11 * DAY;
  const of = Array.from({ length: N }, (_, i) => i);
  await addPredictions(
    world,
    'shop',
    of.map((i) => {
      const answer = yes(i) && !(late(i) && i % 10 === 0);
      return { _id: `p${i}`, _time: time(i), _score: answer ? 0.9 : 0.1, _prediction: answer ? 'yes' : 'no' };
    }),
  );
  await addLabels(
    world,
    'shop',
    of.map((i) => ({ id: `p${i}`, label: yes(i) !== (!late(i) && i % 10 === 0) ? 'yes' : 'no' })),
  );
  await createMonitor(world.ctx, {
    ...{ model: 'shop', kind: 'business', severity: 'page', enabled: true },
    options: { metric: 'impact', worse: 'lower' },
  });
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'shop');
  }
  await evaluate(world.ctx, await holdModel(world.ctx, 'shop'));
  const marks = { mark: () => world.now, raise() {} };
  const servers = createServers(world.ctx, { id: 'server', marks, alone: true });
  await servers.join();
  await servers.publish();
  await incidentsJob(async (_ctx, _trx, event, { priority }) => void told.push(`${event} ${priority}`)).run(
    world.ctx,
    (await takeLease(world.ctx, 'incidents', 'server'))!,
  );
});
afterAll(() => world.close());

test('an incident says what it costs, and costing as much as people said it is urgent', async () => {
  expect(told).toEqual(['opened P1']);
  const { id } = await world.ctx.ledger.selectFrom('incidents').select('id').executeTakeFirstOrThrow();
  const incident = await getIncident(world.ctx, id);
  const [{ loss, sentence }] = incident.losses as [(typeof incident.losses)[0]];
  expect(loss).toMatchObject({ unit: 'EUR', urgent: true, predictions: incident.affected_predictions });
  expect(loss!.per_prediction.low).toBeGreaterThan(0);
  expect(sentence).toContain('at least the 2,000 EUR from which it is P1');
  expect(postmortem(incident, [], 'http://tilt')).toContain('## What it costs');
});
