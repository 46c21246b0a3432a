import { afterAll, beforeAll, expect, test } from 'vitest';
import { gridIndex } from '../../../stats/asinh-grid.ts';
import { profileHead } from '../heads/read-heads.ts';
import { DELAY_GRID, OUTCOME_METRICS } from '../profile.ts';
import { readColumns, readProfiles } from '../read/read-profiles.ts';
import { LOOK_BY_MS } from '../roll-up/looks.ts';
import { rollUp } from '../roll-up/roll-up.ts';
import {
  addModel,
  addOutcomes,
  addPredictions,
  createWorld,
  HOUR,
  START,
  snapshot,
  type World,
} from '../test-world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const EVER = { from: 0, to: START + 1000 * 24 * HOUR };
const all = (model: string) => readColumns(world.ctx, { model, ...EVER });
const predictions = (n: number, from = 0) =>
  Array.from({ length: n }, (_, i) => ({
    _id: `p${from + i}`,
    _time: START + (from + i) * 60_000,
    _version: (from + i) % 2 ? 'v1' : 'v2',
    _score: ((from + i) % 100) / 100,
  }));

test('outcomes are summed in the bucket, version and score band of their prediction', async () => {
  await addModel(world, 'shop', {});
  await addPredictions(world, 'shop', predictions(600));
  await addOutcomes(world, 'shop', [
    // Of one prediction, in two parts: one value of 12.
    { metric: 'revenue', value: 10, id: 'p15', time: START + 2 * HOUR },
    { metric: 'revenue', value: 2, id: 'p15', time: START + 9 * HOUR },
    { metric: 'revenue', value: 0, id: 'p16', time: START + 2 * HOUR },
    { metric: 'revenue', value: -3, id: 'p85', time: START + 2 * HOUR },
    // Of none: at its own time.
    { metric: 'revenue', value: 4, time: START + 90 * 60_000 },
  ]);
  await rollUp(world.ctx, 'shop');
  const revenue = await readProfiles(
    world.ctx,
    { model: 'shop', columns: ['_outcome|revenue'], ...EVER },
    { step: HOUR, byVersion: true },
  );
  expect(
    revenue.map(({ time, version, profile: { n, sum, sum2, counts } }) => [
      ...[(time - START) / HOUR, version, n, sum, sum2, counts.get('not_zero') ?? 0],
    ]),
  ).toEqual([
    [0, 'v1', 1, 12, 144, 1],
    [0, 'v2', 1, 0, 0, 0],
    [1, '', 1, 4, 16, 1],
    [1, 'v1', 1, -3, 9, 1],
  ]);
  const columns = await all('shop');
  expect(columns.get('_outcome_band|1|revenue')).toMatchObject({ n: 2, sum: 12 });
  expect(columns.get('_outcome_band|8|revenue')).toMatchObject({ n: 1, sum: -3 });
  expect(columns.get('_outcomes')).toMatchObject({ n: 5, other: 0, counts: new Map([['revenue', 5]]) });
  // From the prediction to its first outcome.
  const delay = columns.get('_outcome_delay|revenue')!;
  expect(delay).toMatchObject({ n: 3, min: 2 * HOUR - 85 * 60_000, max: 2 * HOUR - 15 * 60_000 });
  expect(delay.grid.get(gridIndex(2 * HOUR - 15 * 60_000, DELAY_GRID))).toBe(2);
});

test('running it again changes no number; late ones count in the bucket of their prediction', async () => {
  const before = await snapshot(world, 'shop');
  expect(await rollUp(world.ctx, 'shop')).toEqual({ buckets: 0 });
  world.now += LOOK_BY_MS + 1;
  expect(await rollUp(world.ctx, 'shop')).toEqual({ buckets: 0 });
  expect(await snapshot(world, 'shop')).toEqual(before);
  world.now += 40 * 24 * HOUR;
  await addOutcomes(world, 'shop', [{ metric: 'revenue', value: 30, id: 'p17' }]);
  expect(await rollUp(world.ctx, 'shop')).toEqual({ buckets: 1 });
  const { rewrites } = (await profileHead(world.ctx, 'shop'))!;
  expect(rewrites.at(-1)).toMatchObject({ from: START, to: START + HOUR, what: 'outcomes' });
  expect((await all('shop')).get('_outcome|revenue')).toMatchObject({ n: 5, sum: 43 });
  // New predictions of the same bucket leave what outcomes said.
  await addPredictions(world, 'shop', [{ _id: 'late', _time: START + 1000, _version: 'v1' }]);
  await rollUp(world.ctx, 'shop');
  expect((await all('shop')).get('_outcome|revenue')).toMatchObject({ n: 5, sum: 43 });
});

test('an outcome that comes before its prediction waits for it', async () => {
  await addModel(world, 'early', {});
  await addPredictions(world, 'early', predictions(10));
  await addOutcomes(world, 'early', [
    { metric: 'bought', value: 1, id: 'p12', time: START },
    { metric: 'bought', value: 1, id: 'nobody', time: START },
  ]);
  await rollUp(world.ctx, 'early');
  expect((await profileHead(world.ctx, 'early'))!.outcomes_waiting).toBe(2);
  expect((await all('early')).get('_outcome|bought')).toBeUndefined();
  await addPredictions(world, 'early', predictions(10, 10));
  await rollUp(world.ctx, 'early');
  expect((await all('early')).get('_outcome|bought')).toMatchObject({ n: 1, sum: 1 });
  expect((await profileHead(world.ctx, 'early'))!.outcomes_waiting).toBe(1);
  // What happened before its prediction took no time.
  expect((await all('early')).get('_outcome_delay|bought')).toMatchObject({ n: 1, max: 0 });
});

test('only so many metrics have profiles of their own, the most frequent; the rest is counted', async () => {
  await addModel(world, 'many', {});
  await addPredictions(world, 'many', predictions(50));
  await addOutcomes(
    world,
    'many',
    Array.from({ length: 30 }, (_, m) =>
      Array.from({ length: 30 - m }, (_, i) => ({ metric: `m|${m}`, value: 1, id: `p${i}`, time: START })),
    ).flat(),
  );
  await rollUp(world.ctx, 'many');
  const columns = await all('many');
  const own = [...columns.keys()].filter((name) => name.startsWith('_outcome|'));
  expect(own.sort()).toEqual(Array.from({ length: OUTCOME_METRICS }, (_, m) => `_outcome|m|${m}`));
  expect(columns.get('_outcomes')).toMatchObject({ n: 465, other: 210 });
  // They keep their places.
  await addOutcomes(
    world,
    'many',
    Array.from({ length: 40 }, () => ({ metric: 'new', value: 1, time: START })),
  );
  await rollUp(world.ctx, 'many');
  expect((await all('many')).get('_outcomes')).toMatchObject({ n: 505, other: 250 });
});

test('segments sum to the whole', async () => {
  const segments = JSON.stringify(['plan']);
  await addModel(world, 'split', { plan: 'categorical' }, { segments } as never);
  await addPredictions(
    world,
    'split',
    predictions(200).map((row, i) => ({ ...row, plan: i % 4 ? 'basic' : 'gold' })),
  );
  await addOutcomes(
    world,
    'split',
    Array.from({ length: 100 }, (_, i) => ({ metric: 'revenue', value: i, id: `p${i}`, time: START })),
  );
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'split');
  }
  const of = async (segment: string) =>
    (await readColumns(world.ctx, { model: 'split', segment, ...EVER })).get('_outcome|revenue');
  const [all, gold, basic] = [await of(''), await of('plan=gold'), await of('plan=basic')];
  expect(all).toMatchObject({ n: 100, sum: 4950 });
  expect(gold).toMatchObject({ n: 25, sum: 1200 });
  expect(basic).toMatchObject({ n: 75, sum: 3750 });
});
