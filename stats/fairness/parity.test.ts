import { expect, test } from 'vitest';
import { proportionDifference } from '../intervals/proportion.ts';
import { groupRates } from './group-rates.ts';
import { equalisedOddsDifference, rateDifference, rateRatio } from './parity.ts';

const groups = [
  groupRates('a', { tp: 40, fp: 20, fn: 10, tn: 30 }),
  groupRates('b', { tp: 20, fp: 10, fn: 30, tn: 40 }),
  groupRates('c', { tp: 30, fp: 18, fn: 20, tn: 32 }),
  groupRates('tiny', { tp: 1, fp: 0, fn: 0, tn: 0 }),
];

test('demographic parity: the pair furthest apart, with its Newcombe interval; tiny groups are not judged', () => {
  const [a, b, , tiny] = groups;
  const gap = rateDifference([a!, b!, tiny!], 'selection');
  expect(gap).toMatchObject({ value: expect.closeTo(0.3, 12), lowest: 'b', highest: 'a' });
  expect(rateDifference(groups, 'selection')).toMatchObject({ lowest: 'b', highest: 'a' });
  const pair = proportionDifference(30, 100, 60, 100);
  if (!('value' in gap) || !('value' in pair)) throw new Error('no value');
  // Newcombe's, or a little nearer, since no gap lies below 0.
  expect(gap.low).toBeGreaterThan(pair.low);
  expect(gap.low).toBeLessThan(pair.low + 0.005);
  expect(gap.high).toBeCloseTo(pair.high, 12);
});

test('four fifths: 0.3 / 0.6', () => {
  const ratio = rateRatio(groups, 'selection');
  expect(ratio).toMatchObject({ value: expect.closeTo(0.5, 12) });
  expect('value' in ratio && ratio.low > 0.33 && ratio.high < 0.75).toBe(true);
});

test('equal opportunity and equalised odds', () => {
  expect(rateDifference(groups, 'truePositive')).toMatchObject({ value: expect.closeTo(0.4, 12) });
  expect(equalisedOddsDifference(groups)).toMatchObject({ value: expect.closeTo(0.4, 12), highest: 'a' });
});

test('edge cases', () => {
  expect(rateDifference(groups.slice(0, 1), 'selection')).toEqual({ reason: 'not_enough_data' });
  expect(equalisedOddsDifference([])).toEqual({ reason: 'not_enough_data' });
  const none = ['a', 'b'].map((name) => groupRates(name, { tp: 0, fp: 0, fn: 10, tn: 90 }));
  expect(rateRatio(none, 'selection')).toEqual({ reason: 'undefined_ratio' });
  expect(rateDifference(none, 'selection')).toMatchObject({ value: 0, low: 0 });
  const zero = [groups[0]!, none[0]!];
  expect(rateRatio(zero, 'selection')).toMatchObject({ value: 0, low: 0 });
});
