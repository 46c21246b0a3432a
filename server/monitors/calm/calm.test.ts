import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { trafficTrack } from '../judge/windows/subjects.ts';
import { drift } from '../kinds/drift.ts';
import { defaultsOf, HOUR } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { BINS, falseAlerts, multinomial, shares } from './calm.testing.ts';

const normal = shares([0.02, 0.001, 0.002]);

test.each([
  [200, 1_000],
  [1_000_000, 1_000_000],
])('nothing changes, %d rows a day: a week of 20 columns, judged hourly, is quiet', (perDay, reference) => {
  expect(falseAlerts({ perDay, reference, days: 7, columns: 20, normal }, random(perDay))).toEqual([]);
});

/** One window against its reference, both exactly of these shares. */
function verdict(n: number, now: readonly number[]) {
  const exact = (rows: number, p: readonly number[]) => p.map((share) => Math.round(rows * share));
  const span = { start: 0, bucketMs: HOUR, buckets: 1 };
  const track = Track.of(now.length, 1, () => exact(n, now));
  const reference = { bins: BINS, counts: exact(50_000, shares([0, 0, 0])) };
  const base = { source: 'column', ...span, traffic: trafficTrack(span, new Map()), column: 'x' } as const;
  return drift.compute({ ...base, reference, track }, 0, defaultsOf(drift)).verdict;
}
const moved = (share: number) => [0.1 - share, ...new Array(8).fill(0.1), 0.1 + share, 0, 0, 0, 0, 0];

test.each([
  ['no shift', moved(0), false],
  ['one row in twenty to another bin', moved(0.05), false],
  ['one row in eleven to another bin', moved(0.09), true],
  ['a tenth missing', shares([0.1, 0, 0]), true],
  ['half missing', shares([0.5, 0, 0]), true],
])('%s: the same verdict at a thousand and ten million rows', (_name, now, found) => {
  expect(verdict(1_000, now) === 'breach').toBe(found);
  expect(verdict(10_000_000, now) === 'breach').toBe(found);
});

test('the sampler is fair', () => {
  const next = random(2);
  const sums = new Array<number>(15).fill(0);
  for (let i = 0; i < 200; i++)
    for (const [bin, k] of multinomial(500, normal, next).entries()) sums[bin]! += k;
  for (const [bin, k] of sums.entries()) expect(Math.abs(k / 100_000 - normal[bin]!)).toBeLessThan(0.005);
});
