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
import type { Lake } from '../../store/lake/lake.ts';
import { evaluate } from './evaluate.ts';

const DAYS = 4;
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** A day at a time, as a fast replay sends it: predictions, and the labels of all of them. */
async function addDay(model: string, day: number): Promise<void> {
  const next = random(day + 1);
  const rows = Array.from({ length: 24 * 40 }, (_, i) => ({
    _id: `${day}-${i}`,
    _time: START + day * 24 * HOUR + i * (HOUR / 40),
    _error: null,
    x: randomNormal(next),
    country: next() < 0.5 ? 'FR' : 'DE',
    _prediction: randomNormal(next),
  }));
  await addPredictions(world, model, rows);
  await addLabels(
    world,
    model,
    rows.map(({ _id, _prediction }) => ({ id: _id, label: _prediction + 1 })),
  );
}

/** Sends, rolls up and judges; when `between` is given, that runs after every statement that writes profiles. */
async function replayed(model: string, between: (() => Promise<unknown>) | null): Promise<unknown> {
  world.now = START + 30 * 24 * HOUR;
  const types = { x: 'numeric', country: 'categorical', _prediction: 'numeric' } as const;
  await addModel(world, model, types, { task: 'regression', window_ms: 6 * HOUR });
  const inner = world.ctx.lake;
  const lake: Lake = {
    ...inner,
    query: (sql, params, options) => inner.query(sql, params, options),
    async command(sql, params, options) {
      await inner.command(sql, params, options);
      await between?.();
    },
  };
  for (let day = 0; day < DAYS; day++) {
    await addDay(model, day);
    world.now += HOUR;
    await rollUp({ ...world.ctx, lake }, model, { lanes: 1 });
    world.now += HOUR;
    await evaluate(world.ctx, await holdModel(world.ctx, model));
  }
  const signals = await readSignals(world.ctx, { model }, { points: 10_000, known: 'now' });
  return signals.map(({ kind, column, metric, points }) => ({
    kind,
    column,
    metric,
    points: points.map(({ time, value, n, status }) => ({ time, value, n, status })),
  }));
}

test('judging in the middle of a roll-up gives what judging after it gives', async () => {
  const undisturbed = await replayed('after', null);
  let looked = 0;
  const disturbed = await replayed('between', async () => {
    looked += 1;
    await evaluate(world.ctx, await holdModel(world.ctx, 'between'));
  });
  expect(looked).toBeGreaterThan(7);
  expect(disturbed).toEqual(undisturbed);
});
