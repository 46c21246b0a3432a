import { expect, test } from 'vitest';
import { addHistograms, bucketsOf, type NativeHistogram, upperBound } from './native-histogram.ts';

const histogram = (
  schema: number,
  positive: readonly (readonly [number, number])[],
  more: Partial<NativeHistogram> = {},
): NativeHistogram => ({
  ...{ schema, bounds: [], zeroThreshold: 0, zeroCount: 0, negative: new Map() },
  positive: new Map(positive),
  ...more,
});

test('bounds are powers of 2^(2^-schema)', () => {
  expect(upperBound(8, 3)).toBe(2);
  expect(upperBound(-1, 0)).toBe(0.5);
  expect(upperBound(1, -2)).toBe(16);
  expect(upperBound(4000, 0)).toBe(Number.MAX_VALUE);
});

test('a sum is at the coarsest schema, what is taken away included, and nothing counts less than nothing', () => {
  const sum = addHistograms([
    histogram(1, [
      [1, 5],
      [2, 5],
      [3, 1],
    ]),
    histogram(0, [
      [1, -4],
      [2, -3],
    ]),
  ]);
  expect(sum).toMatchObject({ schema: 0, positive: new Map([[1, 6]]) });
});

test('the wider zero bucket takes what lies in it, and ends where a bucket with values does', () => {
  const sum = addHistograms([
    histogram(0, [
      [-1, 2],
      [1, 7],
    ]),
    histogram(0, [[2, 1]], { zeroThreshold: 1.5, zeroCount: 3 }),
  ]);
  expect(sum).toMatchObject({ zeroThreshold: 2, zeroCount: 12, positive: new Map([[2, 1]]) });
});

test('buckets rise from the most negative on; of one sign alone none is on the other side of 0', () => {
  const both = histogram(0, [[1, 1]], {
    zeroThreshold: 0.5,
    zeroCount: 1,
    negative: new Map([
      [2, 1],
      [1, 1],
    ]),
  });
  expect(bucketsOf(both)).toEqual([
    { lower: -4, upper: -2, count: 1 },
    { lower: -2, upper: -1, count: 1 },
    { lower: -0.5, upper: 0.5, count: 1 },
    { lower: 1, upper: 2, count: 1 },
  ]);
  expect(bucketsOf({ ...both, negative: new Map() })[0]).toEqual({ lower: 0, upper: 0.5, count: 1 });
  expect(
    bucketsOf(
      histogram(
        -53,
        [
          [0, 1],
          [2, 1],
        ],
        { bounds: [1, 5] },
      ),
    ),
  ).toEqual([
    { lower: Number.NEGATIVE_INFINITY, upper: 1, count: 1 },
    { lower: 5, upper: Number.POSITIVE_INFINITY, count: 1 },
  ]);
});
