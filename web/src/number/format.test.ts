import { expect, test } from 'vitest';
import {
  bytes,
  compact,
  count,
  difference,
  digits,
  duration,
  interval,
  percent,
  plural,
  quantity,
} from './format.ts';

test.each([
  [count(4310), '4,310'],
  [count(null), '–'],
  [compact(999), '999'],
  [compact(9999), '9,999'],
  [compact(12_345), '12.3 k'],
  [compact(1_234_567), '1.23 M'],
  [compact(0.4567), '0.457'],
  [digits(0), '0'],
  [digits(0.31337), '0.313'],
  [digits(1234.5), '1,235'],
  [digits(12.345), '12.3'],
  [digits(-0.00001234), '-1.23e-5'],
  [digits(12_345_678), '1.23e7'],
  [percent(0), '0 %'],
  [percent(0.0312), '3.1 %'],
  [percent(0.42), '42 %'],
  [percent(0.9996), '100 %'],
  [percent(14.0243), '1402 %'],
  [percent(0.00004), '0.004 %'],
  [quantity(0.02, 'share'), '2 %'],
  [quantity(12.345, 'ms'), '12.3 ms'],
  [quantity(2500, 'ms'), '2.5 s'],
  [quantity(21_000, 'predictions'), '21.0 k'],
  [quantity(0.312, 'score'), '0.312'],
  [quantity(4.2, 'σ'), '4.20 σ'],
  [quantity(null, 'ms'), '–'],
  [interval(0.27, 0.35, 'score'), '0.270–0.350'],
  [interval(null, 0.35), ''],
  [duration(90_000), '1.5 min'],
  [duration(0), '0 ms'],
  [duration(0.0058), '5.8 µs'],
  [duration(0.000001), '< 0.01 µs'],
  [duration(2), '2 ms'],
  [duration(0.25), '0.25 ms'],
  [duration(999.6), '1 s'],
  [duration(3_600_000), '1 h'],
  [duration(5 * 86_400_000), '5 d'],
  [plural(1, 'incident'), '1 incident'],
  [plural(4310, 'prediction'), '4,310 predictions'],
])('%s is %s', (got, expected) => expect(got).toBe(expected));

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_234_567, '1.23 MB'],
  [5.5e15, '5,500 TB'],
  [null, '–'],
])('bytes(%s) is %s', (n, text) => {
  expect(bytes(n)).toBe(text);
});

test.each([
  [0.8, 1, '', '−0.200 (−20 %)'],
  [0.05, 0.02, 'share', '+3 points'],
  [12, 10, 'ms', '+2 ms (+20 %)'],
  [5, 5, 'predictions', '±0'],
  [5, 0, 'predictions', '+5'],
  [null, 1, '', '–'],
  [1, undefined, '', '–'],
] as const)('%s differs from %s %s by %s', (value, from, unit, expected) =>
  expect(difference(value, from, unit)).toBe(expected),
);
