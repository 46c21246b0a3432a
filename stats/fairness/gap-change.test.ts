import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { gapChange } from './gap-change.ts';
import { groupRates } from './group-rates.ts';
import { rateDifference } from './parity.ts';

const next = random(12);
const draw = (n: number, p: number): number => Array.from({ length: n }).filter(() => next() < p).length;
const window = (before: number, after: number) => {
  const group = (name: string, p: number) => {
    const selected = draw(400, p);
    return groupRates(name, { tp: selected, fp: 0, fn: 400 - selected, tn: 0 });
  };
  return rateDifference([group('a', before), group('b', after)], 'selection');
};

test('the true change of a difference lies in the interval', () => {
  let covered = 0;
  for (let run = 0; run < 200; run++) {
    const change = gapChange(window(0.3, 0.5), window(0.3, 0.6));
    if ('value' in change && change.low <= 0.1 && change.high >= 0.1) covered++;
  }
  expect(covered).toBeGreaterThan(183);
});

test('a side without a gap gives its reason', () => {
  expect(gapChange({ reason: 'undefined_ratio' }, window(0.1, 0.2))).toEqual({ reason: 'undefined_ratio' });
  expect(gapChange(window(0.1, 0.2), { reason: 'not_enough_data' })).toEqual({ reason: 'not_enough_data' });
});
