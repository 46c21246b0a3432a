import { expect, test } from 'vitest';
import { Track, widen } from './track.ts';

const track = Track.of(2, 5, (b) => (b === 2 ? undefined : [b, 10]));

test('any run of buckets is summed, a bucket that was not seen counts nothing', () => {
  expect(track.between(0, 5)).toEqual([8, 40]);
  expect(track.between(2, 3)).toEqual([0, 0]);
  expect(track.sum(0, 3, 5)).toBe(7);
  expect(track.total(3, 5)).toBe(27);
});

const count = (from: number, to: number) => to - from;
const cases: [string, Parameters<typeof widen>, { from: number; n: number }][] = [
  ['long enough as it is', [count, 9, 4, 4, 100], { from: 6, n: 4 }],
  ['doubled until it holds enough', [count, 99, 4, 30, 100], { from: 68, n: 32 }],
  ['no longer than allowed', [count, 99, 4, 30, 20], { from: 80, n: 20 }],
  ['no longer than what is known', [count, 9, 4, 30, 100], { from: 0, n: 10 }],
];
test.each(cases)('a window %s', (_name, input, expected) => {
  expect(widen(...input)).toMatchObject(expected);
});
