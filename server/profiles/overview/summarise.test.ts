import { expect, test } from 'vitest';
import { gridIndex } from '../../../stats/asinh-grid.ts';
import { EMPTY_PROFILE, type Profile } from '../profile.ts';
import { gapless } from './get-traffic.ts';
import { roleOf, summarise } from './summarise.ts';

const grid = { center: 40, scale: 10 };

test('numbers: range, quantiles and the shape of a histogram', () => {
  const values = Array.from({ length: 200 }, (_, i) => 20 + (i % 40));
  const cells = new Map<number, number>();
  for (const value of values) {
    const index = gridIndex(value, grid);
    cells.set(index, (cells.get(index) ?? 0) + 1);
  }
  const profile: Profile = {
    ...EMPTY_PROFILE,
    n: 210,
    missing: 10,
    sum: 7_900,
    sum2: 3e5,
    min: 20,
    max: 59,
    grid: cells,
  };
  const { held, shape, top } = summarise({ profile, grid, numeric: true, named: true });
  expect(held).toMatchObject({ n: 210, missing: 10, min: 20, max: 59 });
  expect(shape?.counts).toHaveLength(24);
  expect(top).toEqual([]);
});

test('numbers that are on no grid yet have a range and no shape', () => {
  const profile: Profile = { ...EMPTY_PROFILE, n: 2, sum: 9, sum2: 41, min: 4, max: 5 };
  const summary = summarise({ profile, grid: undefined, numeric: true, named: true });
  expect(summary).toMatchObject({ shape: null, held: { n: 2, min: 4, max: 5, mean: 4.5, p50: null } });
});

test('categories: the most frequent first, named only to whom may see them', () => {
  const counts = new Map([
    ['DE', 3],
    ['FR', 7],
    ['IT', 3],
  ]);
  const profile: Profile = { ...EMPTY_PROFILE, n: 13, counts };
  const seen = summarise({ profile, grid: undefined, numeric: false, named: true });
  expect(seen.top).toEqual([
    { value: 'FR', n: 7 },
    { value: 'DE', n: 3 },
    { value: 'IT', n: 3 },
  ]);
  const hidden = summarise({ profile, grid: undefined, numeric: false, named: false });
  expect(hidden).toMatchObject({ top: null, shape: { counts: [7, 3, 3] } });
});

test('what a column is for', () => {
  expect(['age', '_prediction', '_score', '_latency_ms', '_label'].map(roleOf)).toEqual([
    'feature',
    'prediction',
    'score',
    'answer_time',
    'label',
  ]);
});

test('steps in which nothing came are zeros', () => {
  expect(gapless(new Map([[20, 3]]), 10, { from: 5, to: 31 })).toEqual([
    { time: 0, n: 0 },
    { time: 10, n: 0 },
    { time: 20, n: 3 },
    { time: 30, n: 0 },
  ]);
});
