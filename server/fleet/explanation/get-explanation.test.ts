import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { importanceJob } from '../../monitors/importance/job.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../../profiles/test-world.ts';
import { getExplanation } from './get-explanation.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  const next = random(3);
  const columns = { age: 'numeric', debt: 'numeric', _prediction: 'categorical' } as const;
  // In the second day of `sent` debt weighs most; `silent` sends none.
  for (const id of ['sent', 'silent']) {
    await addModel(world, id, columns, { task: 'binary' });
    await addPredictions(
      world,
      id,
      Array.from({ length: 960 }, (_, i) => {
        const [age, debt] = [next(), next()];
        const second = i >= 480;
        const attributions = { age: second ? -0.1 : 0.4, debt: second ? 0.5 : 0.1, rare: 0.01 };
        return {
          ...{ _id: `p${i}`, _time: START + i * (HOUR / 20), _version: second ? '2' : '1', age, debt },
          ...{ _prediction: age > 0.5 ? 'yes' : 'no', _attributions: id === 'sent' ? attributions : {} },
        };
      }),
    );
    await rollUp(world.ctx, id);
  }
});
afterAll(() => world.close());

test('attributions that were sent: what weighs, beside the time before and by version', async () => {
  const found = await getExplanation(world.ctx, 'sent', { from: START + 24 * HOUR, to: START + 48 * HOUR });
  expect(found).toMatchObject({ source: 'sent', rows: 480, fidelity: null });
  expect(found.features.map(({ name }) => name)).toEqual(['debt', 'age', 'rare']);
  const [debt, age] = found.features;
  expect([debt!.size, debt!.signed, age!.signed]).toEqual(
    [0.5, 0.5, -0.1].map((value) => expect.closeTo(value, 10)),
  );
  expect([debt!.share, debt!.share_before]).toEqual([
    expect.closeTo(0.5 / 0.61, 10),
    expect.closeTo(0.1 / 0.51, 10),
  ]);
  expect(found.ranking!.value).toBeLessThan(0.9);
  const all = await getExplanation(world.ctx, 'sent', { from: START, to: START + 48 * HOUR });
  expect(all.versions.map(({ version, n }) => [version, n])).toEqual([
    ['1', 480],
    ['2', 480],
  ]);
  expect(all.ranking).toBeNull();
});

test('attributions of both signs: the mean size within a cell, however many predictions carry them', async () => {
  await addModel(world, 'mixed', { _prediction: 'categorical' }, { task: 'binary' });
  const next = random(7);
  const values = Array.from({ length: 900 }, () => next() ** 3 - 0.3);
  const rows = values.map((mixed, i) => ({
    ...{ _id: `x${i}`, _time: START + i * (HOUR / 20), _version: '1', _prediction: 'yes' },
    _attributions: i % 3 ? { mixed, other: -2 } : { mixed },
  }));
  await addPredictions(world, 'mixed', rows);
  await rollUp(world.ctx, 'mixed');
  const { features, rows: n } = await getExplanation(world.ctx, 'mixed', {
    from: START,
    to: START + 48 * HOUR,
  });
  const mean = (of: (value: number) => number) => values.reduce((sum, value) => sum + of(value), 0) / 900;
  expect(n).toBe(900);
  expect(features.map(({ name }) => name)).toEqual(['other', 'mixed']);
  // -2 came with two of three.
  expect(features[0]).toMatchObject({ size: expect.closeTo(4 / 3, 10), signed: -2, n: 600 });
  const [exact, found] = [mean(Math.abs), features[1]!];
  expect(found.signed).toBeCloseTo(mean(Number), 10);
  expect(Math.abs(found.size / exact - 1)).toBeLessThan(1 / 64);
});

test('none sent: the surrogate, as soon as it is fitted, with how well it imitates the model', async () => {
  const range = { from: START, to: START + 48 * HOUR };
  const before = await getExplanation(world.ctx, 'silent', range);
  expect(before).toMatchObject({
    source: null,
    features: [],
    sentence: expect.stringContaining('no surrogate is fitted yet'),
  });
  const fence = await holdModel(world.ctx, 'silent');
  await importanceJob.run(world.ctx, fence);
  const found = await getExplanation(world.ctx, 'silent', range);
  expect(found).toMatchObject({ source: 'surrogate', rows: 960, fidelity: { metric: 'accuracy', n: 192 } });
  expect(found.features[0]).toMatchObject({ name: 'age', share_before: null });
  expect(found.features[0]!.share).toBeGreaterThan(0.8);
  expect(found.fidelity!.value).toBeGreaterThan(0.95);
  expect(found.sentence).toMatch(/answer as the model does in (9\d|100) % of 192 rows/);
});
