import { afterAll, beforeAll, expect, test } from 'vitest';
import { binCounts, referenceBins } from '../../../stats/reference-bins.ts';
import { rollUp } from '../roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../test-world.ts';
import { readBins } from './read-bins.ts';
import { EVER, readColumns, readProfiles } from './read-profiles.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('what binCounts gives for every bucket, summed in the engine', async () => {
  await addModel(world, 'binned', {
    smooth: 'numeric',
    few: 'numeric',
    city: 'categorical',
    late: 'numeric',
  });
  const rows = Array.from({ length: 1200 }, (_, i) => ({
    _id: `p${i}`,
    _time: START + Math.floor(i / 100) * HOUR,
    _version: `v${i % 3}`,
    // nothing at all in one bucket
    smooth: i % 11 && Math.floor(i / 100) !== 7 ? Math.sin(i) * 10 + (i > 900 ? 8 : 0) : null,
    few: i > 1000 ? 2.5 : i % 4,
    city: i > 700 ? `c${i % 30}` : `c${i % 5}`,
    late: i > 600 ? i : null,
    _misfit: i % 17 ? {} : { smooth: 'x' },
  }));
  await addPredictions(world, 'binned', rows);
  await rollUp(world.ctx, 'binned');
  const reference = await readColumns(world.ctx, { model: 'binned', from: START, to: START + 5 * HOUR });
  const columns = ['smooth', 'few', 'city', 'late'];
  const bins = new Map(
    columns.map((name) => [
      name,
      referenceBins(
        reference.get(name) ?? { missing: 0, invalid: 0, grid: new Map(), counts: new Map(), other: 0 },
        {
          type: name === 'city' ? 'categorical' : 'numeric',
        },
      ),
    ]),
  );
  const found = await readBins(world.ctx, { model: 'binned', ...EVER }, bins);
  const points = await readProfiles(world.ctx, { model: 'binned', columns, ...EVER }, { step: HOUR });
  expect(points).toHaveLength(12 * 3 + 6);
  for (const { column, time, profile } of points) {
    expect(found.get(column)!.get(time), `${column} ${time}`).toEqual(binCounts(profile, bins.get(column)!));
  }
  expect([...found].map(([name, history]) => [name, history.size]).sort()).toEqual([
    ['city', 12],
    ['few', 12],
    ['late', 6],
    ['smooth', 12],
  ]);
  expect(await readBins(world.ctx, { model: 'binned', ...EVER }, new Map())).toEqual(new Map());
});
