import { expect, test } from 'vitest';
import { advanced, ESTIMATED, isEstimated, KEPT, NO_SIGNALS, type Quality } from './head.ts';

const HOUR = 3_600_000;
const point = (at: number, value: number | null) => ({
  time: at * HOUR,
  value,
  low: value,
  high: value,
  n: 100,
});
const series = (rank: number, ...points: ReturnType<typeof point>[]): Quality => ({
  ...{ monitor: `m${rank}`, metric: 'roc_auc', rank, points },
});
const realised = (...points: ReturnType<typeof point>[]) => series(1, ...points);
const estimated = (...points: ReturnType<typeof point>[]) => series(ESTIMATED + 1, ...points);
const head = (...stored: readonly Quality[][]) =>
  stored.reduce((before, quality) => advanced(before, { first: 0, last: 1, quality }), NO_SIGNALS).quality!;

test('an estimate stands for the quality while no label tells it, and no longer', () => {
  const awaited = realised(point(1, null), point(2, null));
  expect(isEstimated(head([awaited, estimated(point(1, 0.8))]))).toBe(true);
  expect(isEstimated(head([estimated(point(1, 0.8))], [awaited]))).toBe(true);
  const late = head([estimated(point(100, 0.8))], [realised(point(1, 0.7))]);
  expect(isEstimated(late)).toBe(false);
  expect(isEstimated(head([realised(point(1, 0.7))], [estimated(point(100, 0.8))]))).toBe(false);
});

test('what was realised a quarter of a year ago tells nothing of now', () => {
  const old = realised(point(1, 0.7));
  const now = estimated(point(1 + 93 * 24, 0.8));
  expect(isEstimated(head([old], [now]))).toBe(true);
  expect(isEstimated(head([now], [old]))).toBe(true);
});

test('buckets that await their labels do not push out the last values', () => {
  const waiting = Array.from({ length: 10 * KEPT }, (_, i) => realised(point(10 + i, null)));
  const kept = waiting.reduce(
    (before, one) => advanced(before, { first: 0, last: 1, quality: [one] }),
    advanced(NO_SIGNALS, { first: 0, last: 1, quality: [realised(point(1, 0.7), point(2, 0.8))] }),
  );
  expect(kept.quality!.points.filter(({ value }) => value !== null).map(({ value }) => value)).toEqual([
    0.7, 0.8,
  ]);
  expect(kept.quality!.points.length).toBeLessThanOrEqual(KEPT);
});
