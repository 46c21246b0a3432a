import { expect, test } from 'vitest';
import { clipped, share, snapped, united, zoomedOut } from './annotations.ts';

const RANGE = { from: 100, to: 200 };

test('share is clipped to the range', () => {
  expect([50, 100, 150, 250].map((time) => share(time, RANGE))).toEqual([0, 0, 0.5, 1]);
});

test('bands are cut to the range, others left out', () => {
  const band = (from: number, to: number) => ({ id: `${from}`, title: '', from, to });
  expect(clipped([band(0, 100), band(50, 120), band(150, 160), band(200, 300)], RANGE)).toEqual([
    { ...band(50, 120), from: 100 },
    band(150, 160),
  ]);
});

test('overlapping bands become one', () => {
  const band = (from: number, to: number) => ({ from, to });
  expect(united([band(5, 9), band(0, 3), band(2, 4), band(9, 10)])).toEqual([band(0, 4), band(5, 10)]);
});

test('a drag in either direction is whole buckets, at least one', () => {
  expect(snapped(118, 143, 10)).toEqual({ from: 110, to: 150 });
  expect(snapped(143, 118, 10)).toEqual({ from: 110, to: 150 });
  expect(snapped(120, 120, 10)).toEqual({ from: 120, to: 130 });
});

test('zooming out doubles, but never beyond the data and never inwards', () => {
  expect(zoomedOut(RANGE, { first: null, last: null })).toEqual({ from: 50, to: 250 });
  expect(zoomedOut(RANGE, { first: 80, last: 210 })).toEqual({ from: 80, to: 210 });
  expect(zoomedOut(RANGE, { first: 120, last: 180 })).toEqual({ from: 100, to: 200 });
});
