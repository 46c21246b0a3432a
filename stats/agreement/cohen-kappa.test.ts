import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/agreement.json' with { type: 'json' };
import { cohenKappa, type Kappa } from './cohen-kappa.ts';

test.each(fixture.kappa)('$name: as scikit-learn and statsmodels have it', ({ pairs, value, low, high }) => {
  const found = cohenKappa(pairs as [string, string][]) as Kappa;
  expectClose(found.value, value, 1e-9, 'value');
  expectClose(found.low, low, 1e-9, 'low');
  expectClose(found.high, high, 1e-9, 'high');
  expect(found.n).toBe(pairs.length);
});

test('all judged alike: an interval that says how few they were', () => {
  const alike = (n: number) =>
    cohenKappa(Array.from({ length: n }, (_, i) => [`${i % 2}`, `${i % 2}`] as const)) as Kappa;
  expect(alike(10)).toMatchObject({ value: 1, high: 1 });
  expect(alike(10).low).toBeLessThan(0.5);
  expect(alike(1000).low).toBeGreaterThan(0.99);
});

test('no value has its reason', () => {
  expect(cohenKappa([['a', 'b']])).toEqual({ reason: 'not_enough_data' });
  expect(cohenKappa([['a', 'a'], ['a', 'a']])).toEqual({ reason: 'constant' }); // biome-ignore format: one line
  expect(cohenKappa([['a', 'b'], ['b', 'a']])).toMatchObject({ value: -1, low: -1 }); // biome-ignore format: one line
});
