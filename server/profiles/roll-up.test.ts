import { afterAll, beforeAll, test } from 'vitest';
import { rollUp } from './roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  START,
  snapshot,
  type World,
} from './test-world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('smoke', async () => {
  await addModel(world, 'smoke', { age: 'numeric', country: 'categorical', _prediction: 'categorical' });
  await addPredictions(
    world,
    'smoke',
    [...Array(300).keys()].map((i) => ({
      _id: `a${i}`,
      _time: START + i * 60_000,
      _version: i % 2 ? 'v1' : 'v2',
      age: i % 7 ? i : null,
      country: ['FR', 'DE'][i % 2],
      _prediction: 'yes',
      _score: i / 300,
      _misfit: i === 7 ? { age: 'x' } : {},
      _error: i % 50 === 0 ? 'Timeout: 3s' : null,
    })),
  );
  await addLabels(
    world,
    'smoke',
    [...Array(100).keys()].map((i) => ({ id: `a${i}`, label: i % 3 ? 'yes' : 'no' })),
  );
  console.log(await rollUp(world.ctx, 'smoke'));
  const s = await snapshot(world, 'smoke');
  console.log(
    s.length,
    s
      .slice(0, 60)
      .map((x) => x.slice(0, 200))
      .join('\n'),
  );
});
