import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../stats/random.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
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
import { readSignals } from '../../signals/read-signals.ts';
import { createMonitor } from '../configure/create-monitor.ts';
import { evaluate } from './evaluate.ts';

const DAY = 24 * HOUR;
const PER_DAY = 400;
/** From here on answers are half as large again; labels of these come much later. */
const LARGER = 18;
const DAYS = 32;
const next = random(12);
const rows = Array.from({ length: DAYS * PER_DAY }, (_, i) => {
  const prediction = (i < LARGER * PER_DAY ? 50 : 75) + 15 * randomNormal(next);
  const label = prediction * (1 + randomNormal(next) / 10);
  return { id: `p${i}`, time: START + (i * DAY) / PER_DAY, prediction, label };
});
/** |normal| on average. */
const EACH = Math.sqrt(2 / Math.PI);

let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  const of = { task: 'regression', bucket_ms: DAY, window_ms: 7 * DAY, label_delay_ms: 5 * DAY } as const;
  await addModel(world, 'm', { _prediction: 'numeric' }, of);
  await createMonitor(world.ctx, {
    model: 'm',
    kind: 'estimated_performance',
    options: { metric: 'mae' },
    ...{ severity: 'ticket', enabled: true },
  });
  const stored = rows.map(({ id, time, prediction }) => ({ _id: id, _time: time, _prediction: prediction }));
  await addPredictions(world, 'm', stored);
  await labels(0, LARGER);
});
afterAll(() => world.close());

async function labels(from: number, to: number): Promise<void> {
  const known = rows.slice(from * PER_DAY, to * PER_DAY);
  await addLabels(
    world,
    'm',
    known.map(({ id, label, time }) => ({ id, label, time: time + HOUR })),
  );
  for (let run = 0; run < 3; run++) {
    world.now += HOUR;
    await rollUp(world.ctx, 'm');
    await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
  }
}

/** The newest value, or that of a moment. */
async function newest(kind: string, at?: string) {
  const range = { model: 'm', from: START, to: START + DAYS * DAY };
  const all = await readSignals(world.ctx, { ...range, kind: [kind] }, { points: 500, known: 'now' });
  const series = all.find(({ metric }) => metric === 'mae')!;
  return series.points.filter(({ time, value }) => value !== null && (at ?? time) === time).at(-1)!;
}

test('answers that are larger promise a larger error before a label of them has come, and alarm', async () => {
  const { value, low, high, n } = await newest('estimated_performance');
  expect(n).toBe(7 * PER_DAY);
  expect(Math.abs(value! - EACH * 7.5)).toBeLessThan(0.6);
  expect(low!).toBeLessThan(value!);
  expect(high!).toBeGreaterThan(EACH * 7.5);
  const alert = await world.ctx.ledger
    .selectFrom('alerts')
    .select('state')
    .where('kind', '=', 'estimated_performance')
    .where('metric', '=', 'mae')
    .executeTakeFirst();
  expect(alert?.state).toBe('firing');
});

test('what labels then showed lies within what was promised', async () => {
  await labels(LARGER, DAYS);
  const realised = await newest('performance');
  const { low, high } = await newest('estimated_performance', realised.time);
  expect(realised.value!).toBeGreaterThan(low!);
  expect(realised.value!).toBeLessThan(high!);
});
