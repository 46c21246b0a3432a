import { describe, expect, test } from 'vitest';
import { latest, openReason, type Point, pointAt, pointsOf, stepOf, thin, unsettled } from './series.ts';

const point = (
  time: number,
  value: number | null,
  n = 10,
  status = value === null ? 'not_enough_data' : 'ok',
): Point => ({
  time,
  value,
  low: value === null ? null : value - 1,
  high: value === null ? null : value + 1,
  n,
  status,
});

test('pointsOf orders by time', () => {
  const wire = ['2012-01-02T00:00:00Z', '2012-01-01T00:00:00Z'].map((time) => ({ ...point(0, 1), time }));
  expect(pointsOf(wire).map((one) => one.time)).toEqual([
    Date.parse(wire[1]!.time),
    Date.parse(wire[0]!.time),
  ]);
});

test('stepOf is the least distance of neighbours', () => {
  expect(stepOf([point(0, 1), point(20, 1), point(30, 1)], 7)).toBe(10);
  expect(stepOf([point(0, 1)], 7)).toBe(7);
});

describe('thin', () => {
  const points = [point(0, 1, 10), point(10, 5, 30), point(20, null), point(30, null)];
  const range = { from: 0, to: 40 };

  test('leaves few points alone, at the beginning of their bucket', () => {
    expect(thin(points, range, 10, 100, 'max')).toEqual(points);
    expect(thin([point(13, 1)], range, 10, 100, 'max')).toEqual([point(10, 1)]);
  });

  test('max keeps the worst with its own interval', () => {
    const [first, second] = thin(points, range, 10, 2, 'max');
    expect(first).toMatchObject({ time: 0, value: 5, low: 4, high: 6, n: 30 });
    expect(second).toMatchObject({ time: 20, value: null, status: 'not_enough_data' });
  });

  test('mean weighs by n, sum adds, last is last', () => {
    expect(thin(points, range, 10, 2, 'mean')[0]).toMatchObject({ value: 4, n: 40 });
    expect(thin(points, range, 10, 2, 'sum')[0]).toMatchObject({ value: 6, n: 40 });
    expect(thin(points, range, 10, 2, 'last')[0]).toMatchObject({ value: 5 });
  });

  test('a mean of empty buckets is their plain mean, never NaN', () => {
    expect(thin([point(0, 2, 0), point(10, 4, 0)], range, 10, 2, 'mean')[0]!.value).toBe(3);
  });
});

test('pointAt finds the bucket that holds the moment, and nothing in a gap', () => {
  const points = [point(0, 1), point(10, 2), point(40, 3)];
  expect(pointAt(points, 9, 10)?.value).toBe(1);
  expect(pointAt(points, 10, 10)?.value).toBe(2);
  expect(pointAt(points, 25, 10)).toBeUndefined();
  expect(pointAt(points, -1, 10)).toBeUndefined();
  expect(pointAt([], 5, 10)).toBeUndefined();
});

test('latest skips points without a value', () => {
  expect(latest([point(0, 1), point(10, null)])?.value).toBe(1);
  expect(latest([point(0, null)])).toBeUndefined();
});

test('unsettled joins neighbouring buckets', () => {
  const immature = (time: number) => point(time, null, 0, 'labels_not_mature');
  expect(unsettled([point(0, 1), immature(10), immature(20), point(30, 1), immature(50)], 10)).toEqual([
    { from: 10, to: 30 },
    { from: 50, to: 60 },
  ]);
});

test('the newest open value says why it is open', () => {
  expect(openReason([{ status: 'ok' }, { status: 'labels_not_mature' }])).toBe('labels_not_mature');
  expect(openReason([{ status: 'filling' }, { status: 'ok' }])).toBe('filling');
  expect(openReason([{ status: 'ok' }])).toBeNull();
});
