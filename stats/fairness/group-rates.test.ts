import { expect, test } from 'vitest';
import { exactProportion, proportion } from '../intervals/proportion.ts';
import { groupRates } from './group-rates.ts';

test('each rate by hand', () => {
  expect(groupRates('f', { tp: 30, fp: 10, fn: 20, tn: 40 })).toMatchObject({
    group: 'f',
    n: 100,
    selection: { value: 0.4 },
    truePositive: { value: 0.6 },
    falsePositive: { value: 0.2 },
    falseNegative: { value: 0.4 },
    precision: { value: 0.75 },
  });
});

test('what a group lacks is named', () => {
  expect(groupRates('none', { tp: 0, fp: 0, fn: 0, tn: 0 }).selection).toEqual({ reason: 'not_enough_data' });
  expect(groupRates('negatives', { tp: 0, fp: 0, fn: 0, tn: 9 }).truePositive).toEqual({
    reason: 'undefined_ratio',
  });
});

test('of fewer than five rows the interval is exact, of more Wilson’s', () => {
  const rates = groupRates('few positives', { tp: 1, fp: 4, fn: 3, tn: 40 });
  expect(rates.truePositive).toEqual(exactProportion(1, 4));
  expect(rates.precision).toEqual(proportion(1, 5));
});
