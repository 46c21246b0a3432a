import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/stratified-share.json' with { type: 'json' };
import { type StratifiedShare, stratifiedShare } from './stratified-share.ts';

test.each(fixture)('$name: as samplics and statsmodels have it', ({ rows, value, effective, low, high }) => {
  const found = stratifiedShare(rows) as StratifiedShare;
  expectClose(found.value, value, 1e-9, 'value');
  expectClose(found.effective, effective, 1e-9, 'effective');
  expectClose(found.low, low, 1e-9, 'low');
  expectClose(found.high, high, 1e-9, 'high');
});

test('where all are right the interval says how few that are, the fewer the more unlike the weights', () => {
  const rows = (weights: readonly number[]) =>
    stratifiedShare(
      weights.map((weight, i) => ({ stratum: `${i % 2}`, weight, right: true })),
    ) as StratifiedShare;
  const [alike, unlike] = [rows([1, 1, 1, 1, 1, 1]), rows([100, 1, 1, 1, 1, 1])];
  expect(alike).toMatchObject({ value: 1, high: 1, effective: 6 });
  expect(unlike.low).toBeLessThan(alike.low);
});

test('one row of a stratum, and too few rows', () => {
  const one = { stratum: 'a', weight: 3, right: true };
  expect(stratifiedShare([one])).toEqual({ reason: 'not_enough_data' });
  const found = stratifiedShare([one, one, { stratum: 'b', weight: 1, right: false }]) as StratifiedShare;
  expect([found.value, found.low, found.high].every(Number.isFinite)).toBe(true);
  expect(found.value).toBeCloseTo(6 / 7, 12);
});
