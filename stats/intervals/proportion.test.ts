import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import { exactProportion, proportion, proportionDifference } from './proportion.ts';

test.each(fixture.wilson)('statsmodels, Wilson: %d of %d', (k, n, low, high) => {
  const share = proportion(k!, n!);
  if (!('value' in share)) throw new Error(share.reason);
  expectClose(share.low, low!, 1e-9);
  expectClose(share.high, high!, 1e-9);
});

test.each(fixture.exact)('statsmodels, Clopper–Pearson: %d of %d', (k, n, low, high) => {
  const share = exactProportion(k!, n!);
  if (!('value' in share)) throw new Error(share.reason);
  expectClose(share.low, low!, 1e-9);
  expectClose(share.high, high!, 1e-9);
});

test.each(fixture.newcombe)('statsmodels, Newcombe: %d/%d against %d/%d', (a, b, c, d, low, high) => {
  const difference = proportionDifference(a!, b!, c!, d!);
  if (!('value' in difference)) throw new Error('no value');
  expectClose(difference.low, low!, 1e-9);
  expectClose(difference.high, high!, 1e-9);
});

test('edge cases', () => {
  expect(proportion(0, 0)).toEqual({ reason: 'not_enough_data' });
  expect(exactProportion(0, 0)).toEqual({ reason: 'not_enough_data' });
  expect(proportion(0, 10)).toMatchObject({ value: 0, low: 0 });
  expect(proportion(10, 10)).toMatchObject({ value: 1, high: 1 });
  expect(proportionDifference(1, 0, 1, 2)).toEqual({ reason: 'not_enough_data' });
  expect(proportionDifference(1, 2, 1, 0)).toEqual({ reason: 'not_enough_data' });
});
