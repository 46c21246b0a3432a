import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGrids } from '../models/columns/grids.ts';
import { categoricalProfile, MISFIT, numericProfile } from './compute.ts';
import type { Profile } from './profile.ts';
import { EVER, readColumns } from './read/read-profiles.ts';
import { rollUp } from './roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, START, type World } from './test-world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const number = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -1000, max: 1000, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE) },
);
const category = fc.oneof(
  fc.constantFrom('a', 'b', '', 'é', '日本', '😀', '￿', ' ', "it's", 'a\\b', '{x}'),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const rare = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 8, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(MISFIT as typeof MISFIT) },
  );

/** Sums may differ in the last digits; everything else is the same. */
function expectSame(actual: Profile, expected: Profile): void {
  const { sum, sum2, ...counts } = actual;
  const { sum: otherSum, sum2: otherSum2, ...otherCounts } = expected;
  expect(counts).toEqual(otherCounts);
  const size = Math.sqrt(Math.max(1, otherSum2)) * Math.max(1, Math.sqrt(expected.n));
  expect(Math.abs(sum - otherSum) / size).toBeLessThan(1e-9);
  expect(Math.abs(sum2 / 2 - otherSum2 / 2)).toBeLessThanOrEqual(1e-9 * Math.max(1, otherSum2));
}

test('the engine and the pure counterpart give the same profiles for the same rows', async () => {
  const runs = fc.sample(
    fc.record({
      x: fc.array(rare(number), { minLength: 300, maxLength: 300 }),
      c: fc.array(rare(category), { minLength: 300, maxLength: 300 }),
    }),
    { numRuns: 8, seed: 1 },
  );
  for (const [k, { x, c }] of runs.entries()) {
    const model = `same-${k}`;
    await addModel(world, model, { x: 'numeric', c: 'categorical' });
    await addPredictions(
      world,
      model,
      x.map((value, i) => ({
        _id: `p${i}`,
        _time: START + i,
        x: value === MISFIT ? null : value,
        c: c[i] === MISFIT ? null : c[i],
        _misfit: {
          ...(value === MISFIT ? { x: 'text' } : {}),
          ...(c[i] === MISFIT ? { c: '1' } : {}),
        },
      })),
    );
    await rollUp(world.ctx, model, { fewValues: 0 });
    const columns = await readColumns(world.ctx, { model, ...EVER });
    const grid = (await readGrids(world.ctx, model)).get('x')!;
    expectSame(columns.get('x')!, numericProfile(x, grid));
    expectSame(columns.get('c')!, categoricalProfile(c));
  }
});

test.each([
  ['nothing', [], { n: 0, min: null, max: null, sum: 0 }],
  ['only missing', [null, null], { n: 2, missing: 2, min: null }],
  ['infinite', [Number.POSITIVE_INFINITY, 1], { n: 2, invalid: 1, max: 1 }],
  ['overflowing', [Number.MAX_VALUE, Number.MAX_VALUE], { sum: Number.MAX_VALUE, sum2: Number.MAX_VALUE }],
])('a numeric profile of %s', (_name, cells, expected) => {
  expect(numericProfile(cells, { center: 0, scale: 1 })).toMatchObject(expected);
});

test('the most frequent categories are kept by name; equals in the order of their bytes', () => {
  const profile = categoricalProfile(['b', 'a', '😀', '\uffff', 'b'], 3);
  expect([...profile.counts.keys()]).toEqual(['b', 'a', '\uffff']);
  expect(profile.other).toBe(1);
});

test('a category is known by its first 256 characters', () => {
  const long = '😀'.repeat(300);
  expect(categoricalProfile([long, `${long}!`, 'a'.repeat(256)]).counts).toEqual(
    new Map([
      ['😀'.repeat(256), 2],
      ['a'.repeat(256), 1],
    ]),
  );
});
