import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollUp } from '../roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../test-world.ts';
import { readStored } from './plain.ts';
import { EVER, readProfiles } from './read-profiles.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await addModel(world, 'm', { x: 'numeric', c: 'categorical' });
  await addPredictions(
    world,
    'm',
    Array.from({ length: 900 }, (_, i) => ({
      _id: `p${i}`,
      _time: START + i * 120_000,
      _version: `v${i % 3}`,
      x: i % 7 ? Math.sin(i) * 10 : null,
      c: `c${i % 5}`,
    })),
  );
  await rollUp(world.ctx, 'm');
});
afterAll(() => world.close());

test.each([
  ['in one', {}],
  ['by six hours', { step: 6 * HOUR }],
  ['by hour and version', { step: HOUR, byVersion: true }],
])('a few profiles are put together here as the engine does it: %s', async (_name, options) => {
  const range = { model: 'm', from: START, to: START + 30 * HOUR };
  const rounded = (points: Awaited<ReturnType<typeof readProfiles>>) =>
    points.map(({ profile: { sum, sum2, grid, counts, ...rest }, ...point }) => ({
      ...point,
      ...rest,
      sum: sum.toPrecision(10),
      sum2: sum2.toPrecision(10),
      grid: [...grid].sort(([a], [b]) => a - b),
      counts: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)),
    }));
  const here = await readProfiles(world.ctx, range, { ...options, expected: 100 });
  expect(rounded(here)).toEqual(rounded(await readProfiles(world.ctx, range, options)));
  expect(here.length).toBeGreaterThan(3);
});

test('before the recent ones only the counts of all predictions are read', async () => {
  const stored = await readStored(world.ctx, { model: 'm', ...EVER }, START + 20 * HOUR);
  const before = stored.filter(({ time }) => time < START + 20 * HOUR);
  expect(new Set(before.map(({ column }) => column))).toEqual(new Set(['_all']));
  expect(before).toHaveLength(60);
  expect(new Set(stored.map(({ column }) => column))).toEqual(new Set(['_all', '_error', 'c', 'x']));
});
