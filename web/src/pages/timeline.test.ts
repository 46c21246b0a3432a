import { expect, test } from 'vitest';
import type { ColumnTimeline } from '../api/types.ts';
import { bandLine, shareLine, topLine } from './timeline.ts';

const base = { invalid: 0, mean: null, std: null, min: null, max: null };
const timeline: ColumnTimeline = {
  empty: null,
  model: 'm',
  column: 'c',
  type: 'numeric',
  points: [
    {
      ...base,
      time: '2012-01-01T00:00:00Z',
      n: 10,
      missing: 2,
      p05: 1,
      p50: 2,
      p95: 3,
      new: 0,
      top: { a: 0.6, b: 0.4 },
    },
    {
      ...base,
      time: '2012-01-01T01:00:00Z',
      n: 0,
      missing: 0,
      p05: null,
      p50: null,
      p95: null,
      new: 0,
      top: {},
    },
    {
      ...base,
      time: '2012-01-01T02:00:00Z',
      n: 90,
      missing: 9,
      p05: 1,
      p50: 4,
      p95: 9,
      new: 9,
      top: { b: 0.9, c: 0.1 },
    },
  ],
};

test('median with its band; a bucket without rows has a reason', () => {
  expect(bandLine(timeline).points.map(({ value, low, high, status }) => [value, low, high, status])).toEqual(
    [
      [2, 1, 3, 'ok'],
      [null, null, null, 'no_data'],
      [4, 1, 9, 'ok'],
    ],
  );
});

test('shares are of the rows of their bucket, never NaN', () => {
  expect(shareLine(timeline, 'missing').points.map(({ value }) => value)).toEqual([0.2, null, 0.1]);
  expect(shareLine(timeline, 'new').points.at(-1)!.value).toBe(0.1);
});

test('the commonest categories first, weighed by rows', () => {
  const lines = topLine(timeline);
  expect(lines.map(({ name, part }) => [name, part])).toEqual([
    ['b', 'current'],
    ['c', 'second'],
  ]);
  expect(lines[1]!.points.map(({ value }) => value)).toEqual([0, null, 0.1]);
});
