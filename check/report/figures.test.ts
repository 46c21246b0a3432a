import { expect, test } from 'vitest';
import { count, duration, interval, percent, short } from './figures.ts';

test.each([
  [percent(null), '–'],
  [percent(0), '0 %'],
  [percent(1), '100 %'],
  [percent(0.0004), '<0.1 %'],
  [percent(0.9996), '>99.9 %'],
  [percent(0.034), '3.4 %'],
  [percent(0.34), '34 %'],
  [percent(0.994), '99.4 %'],
  [short(null), '–'],
  [short(0), '0'],
  [short(2012), '2012'],
  [short(-1234.4), '-1234'],
  [short(123_456.7), '123,457'],
  [short(0.12345), '0.123'],
  [short(0.00001), '1.0e-5'],
  [short(12e9), '1.2e+10'],
  [interval(undefined), ''],
  [interval({ value: null, reason: 'not_enough_data' }), 'not enough data'],
  [interval({ value: 0.8 }), '0.8'],
  [interval({ value: 0.827, low: 0.824, high: 0.83 }), '0.827 (0.824–0.830)'],
  [interval({ value: 0.00618, low: 0.00355, high: 0.0088 }), '0.00618 (0.00355–0.00880)'],
  [interval({ value: 178.3, low: 170, high: 186.6 }), '178 (170–187)'],
  [interval({ value: 0, low: 0, high: 0 }), '0 (0–0)'],
  [duration(840), '840 ms'],
  [duration(2631), '2.6 s'],
  [duration(66_000), '66 s'],
  [count(12345), '12,345'],
])('%s', (written, expected) => {
  expect(written).toBe(expected);
});
