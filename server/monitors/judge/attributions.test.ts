import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../stats/random.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../../profiles/test-world.ts';
import { readSignals } from '../../signals/read-signals.ts';
import { createMonitor } from '../configure/create-monitor.ts';
import { evaluate } from './evaluate.ts';

const DAYS = 6;
let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 30 * 24 * HOUR;
});
afterAll(() => world.close());

/** Six days of predictions; from the fifth on the model goes by `debt` where it went by `age`. */
async function replayed(model: string, changes: boolean) {
  await addModel(
    world,
    model,
    { age: 'numeric', debt: 'numeric', _prediction: 'numeric' },
    { task: 'regression' },
  );
  for (const metric of ['ndcg', 'js_distance_base2'])
    await createMonitor(world.ctx, {
      ...{ model, kind: 'attribution_drift', severity: 'ticket', enabled: true, options: { metric } },
    });
  const next = random(5);
  const fence = await holdModel(world.ctx, model);
  for (let day = 0; day < DAYS; day++) {
    const [heavy, light] = changes && day >= 4 ? ['debt', 'age'] : ['age', 'debt'];
    await addPredictions(
      world,
      model,
      Array.from({ length: 24 * 40 }, (_, i) => ({
        ...{ _id: `${day}-${i}`, _time: START + day * 24 * HOUR + i * (HOUR / 40), _error: null },
        ...{ age: randomNormal(next), debt: randomNormal(next), _prediction: randomNormal(next) },
        _attributions: {
          [heavy!]: 0.4 * randomNormal(next),
          [light!]: 0.1 * randomNormal(next),
          noise: 0.01 * randomNormal(next),
          'odd"name': 1,
        },
      })),
    );
    world.now += HOUR;
    await rollUp(world.ctx, model, { fence });
    await evaluate(world.ctx, fence);
  }
  const range = { model, from: START, to: START + DAYS * 24 * HOUR };
  const series = await readSignals(world.ctx, range, { points: 10_000, known: 'now' });
  return series.filter(({ kind }) => kind === 'attribution_drift');
}

test('a model that goes by another feature than before is told; each attribution has profiles', async () => {
  const series = await replayed('changed', true);
  const ranking = series.find(({ metric }) => metric === 'ndcg')!;
  expect(ranking.points.at(-1)!.value!).toBeLessThan(0.9);
  const early = ranking.points.filter(({ time }) => Date.parse(time) < START + 90 * HOUR);
  expect(Math.min(...early.map(({ value }) => value ?? 1))).toBeGreaterThan(0.99);
  const profiles = await readColumns(world.ctx, { model: 'changed', from: START, to: START + 24 * HOUR });
  const names = [...profiles.keys()].filter((name) => name.startsWith('_attribution'));
  expect(names.sort()).toEqual(['_attribution|age', '_attribution|debt', '_attribution|noise']);
  expect(profiles.get('_attribution|age')!.n).toBe(960);
  const alerts = await world.ctx.ledger
    .selectFrom('alerts')
    .selectAll()
    .where('model', '=', 'changed')
    .execute();
  expect(alerts.filter(({ kind, state }) => kind === 'attribution_drift' && state === 'firing')).not.toEqual(
    [],
  );
});

test('one that goes by the same features stays calm', async () => {
  await replayed('same', false);
  const alerts = await world.ctx.ledger
    .selectFrom('alerts')
    .selectAll()
    .where('model', '=', 'same')
    .execute();
  expect(alerts.filter(({ kind, state }) => kind === 'attribution_drift' && state === 'firing')).toEqual([]);
});
