import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/agreement.json' with { type: 'json' };
import { type Alpha, krippendorffAlpha } from './krippendorff-alpha.ts';

test.each(fixture.alpha)('$name: as the package krippendorff has it', ({ items, n, value, low, high }) => {
  const found = krippendorffAlpha(items) as Alpha;
  expectClose(found.value, value, 1e-9, 'value');
  expectClose(found.low, low, 1e-9, 'low');
  expectClose(found.high, high, 1e-9, 'high');
  expect(found.n).toBe(n);
});

test('nobody disagreed: an interval that says how few items that is of', () => {
  const alike = (n: number) =>
    krippendorffAlpha(Array.from({ length: n }, (_, i) => [`${i % 2}`, `${i % 2}`])) as Alpha;
  expect(alike(10)).toMatchObject({ value: 1, high: 1, answers: 20 });
  expect(alike(10).low).toBeLessThan(0.5);
  expect(alike(1000).low).toBeGreaterThan(0.99);
});

test('no value has its reason; an item of one answer tells nothing', () => {
  expect(krippendorffAlpha([['a', 'b'], ['a'], []])).toEqual({ reason: 'not_enough_data' });
  expect(krippendorffAlpha([['a', 'a'], ['a', 'a', 'a'], ['b']])).toEqual({ reason: 'constant' });
  const one = krippendorffAlpha([
    ['a', 'a'],
    ['a', 'a'],
    ['a', 'b'],
  ]) as Alpha;
  expect([one.value, one.low, one.high].every(Number.isFinite)).toBe(true);
});
