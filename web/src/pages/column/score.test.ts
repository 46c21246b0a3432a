import { expect, test } from 'vitest';
import { scoreState } from './score.ts';

test.each([
  ['no value', null, null, 'not_enough_data', 'not_enough_data'],
  ['no data', null, null, 'no_data', 'no_data'],
  ['at the threshold', 0.1, 0.05, 'ok', 'ok'],
  ['value above, interval not', 0.12, 0.09, 'ok', 'warning'],
  ['whole interval above', 0.3, 0.27, 'ok', 'failing'],
  ['above without an interval', 0.3, null, 'ok', 'failing'],
] as const)('%s', (_, value, low, status, expected) => {
  expect(scoreState({ id: 'js', value, raw: value, low, high: null, threshold: 0.1, status })).toBe(expected);
});
