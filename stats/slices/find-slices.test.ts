import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { findSlices } from './find-slices.ts';
import { plantedTable } from './planted.testing.ts';

test('a planted slice of 3 % with 20 points lost is the first named, with what it loses; clean tables name none', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const { features, loss, text } = plantedTable(10_000, 0.2, random(seed));
    const [worst] = findSlices(features, loss);
    expect([seed, worst?.text]).toEqual([seed, text]);
    expect(worst!.share).toBeCloseTo(1 / 30, 1);
    expect(worst!.loss - worst!.elsewhere).toBeGreaterThan(0.1);
    const clean = plantedTable(10_000, 0, random(100 + seed));
    expect(findSlices(clean.features, clean.loss)).toEqual([]);
  }
});

test('a range of numbers, and what is missing', () => {
  const next = random(4);
  const age = Float64Array.from({ length: 8000 }, () => (next() < 0.05 ? Number.NaN : next() * 100));
  const hurt = (row: number) => Number.isNaN(age[row]!) || age[row]! > 80;
  const loss = Array.from(age, (_, row) => (next() < (hurt(row) ? 0.5 : 0.1) ? 1 : 0));
  const found = findSlices([{ name: 'age', kind: 'numeric', values: age }], loss);
  expect(found.map(({ text }) => text.replace(/[\d.]+/, 'X')).sort()).toEqual(['age > X', 'age is missing']);
  expect(found.reduce((sum, { lost }) => sum + lost, 0)).toBeGreaterThan(0.3);
});

test.each([
  ['no rows', []],
  ['a loss that is the same everywhere', new Array(1000).fill(1)],
  ['a loss that is not known', new Array(1000).fill(Number.NaN)],
  ['few rows', [0, 1, 1, 0, 1]],
])('%s: none', (_name, loss: number[]) => {
  const values = loss.map((_, i) => `${i % 3}`);
  expect(findSlices([{ name: 'c', kind: 'categorical', values }], loss)).toEqual([]);
});

test('rows in an order that repeats are halved fairly', () => {
  const values = Array.from({ length: 2000 }, (_, i) => ['FR', 'DE', 'US', 'IT'][i % 4]!);
  const next = random(2);
  const loss = values.map((country) => (next() < (country === 'FR' ? 0.5 : 0.1) ? 1 : 0));
  expect(findSlices([{ name: 'c', kind: 'categorical', values }], loss)[0]?.text).toBe('c = FR');
});
