import { expect, test } from 'vitest';
import type { Bin } from '../../charts/distribution-option.ts';
import { categoryShare, placeOf, unusual } from './percentile.ts';

const bin = (from: number, to: number, reference: number): Bin => ({
  from,
  to,
  label: '',
  kind: 'range',
  reference,
  current: 0,
});
const BINS = [
  bin(0, 10, 100),
  bin(10, 20, 300),
  { ...bin(0, 0, 50), from: null, to: null, kind: 'missing' as const },
];

test.each([
  [-5, 0],
  [5, 0.125],
  [10, 0.25],
  [15, 0.625],
  [99, 1],
])('%d lies at %d', (value, expected) => expect(placeOf(value, BINS)!.below).toBeCloseTo(expected, 12));

test('no numbers in the reference: no percentile', () => {
  expect(placeOf(1, [])).toBeNull();
  expect(placeOf(1, [bin(0, 1, 0)])).toBeNull();
});

test('categories', () => {
  const category = (label: string, reference: number): Bin => ({
    from: null,
    to: null,
    label,
    kind: 'category',
    reference,
    current: 0,
  });
  expect(categoryShare('a', [category('a', 30), category('b', 70)])).toBe(0.3);
  expect(categoryShare('never', [category('a', 30)])).toBe(0);
  expect(categoryShare('a', [])).toBeNull();
});

test.each([
  ['in the middle', { below: 0.5, own: 0.1 }, 0],
  ['towards the end', { below: 0.97, own: 0.1 }, 0],
  ['in the outer two per cent', { below: 0.995, own: 0.1 }, 1],
  ['the largest there is', { below: 1, own: 0.1 }, 1],
  ['larger than any', { below: 1, own: 0 }, 2],
  ['smaller than any', { below: 0, own: 0 }, 2],
] as const)('%s', (_, place, degree) => expect(unusual(place)).toBe(degree));

test('a value that many rows share is not unusual, even at the very edge', () => {
  const place = placeOf(0, [bin(0, 1, 90), bin(1, 100, 10)])!;
  expect(place).toEqual({ below: 0, own: 0.9 });
  expect(unusual(place)).toBe(0);
});
