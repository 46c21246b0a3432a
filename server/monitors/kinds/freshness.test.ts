import { expect, test } from 'vitest';
import { trafficSubject } from '../judge/windows/subjects.ts';
import { HOUR, judgeLast } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { freshness } from './freshness.ts';

function judge(counts: readonly number[], live = true) {
  const traffic = Track.of(1, counts.length, (b) => [counts[b]!]);
  const base = { start: 0, bucketMs: HOUR, buckets: counts.length, traffic };
  return judgeLast(freshness, trafficSubject(base, { live, firstBucket: counts.findIndex((n) => n > 0) }));
}
const busy = new Array(48).fill(9);
const nights = Array.from({ length: 24 * 7 }, (_, hour) => (hour % 24 < 8 ? 0 : 9));
const gap = (hours: number) => new Array(hours).fill(0);

test.each([
  ['predictions keep coming', busy, 'clear', 0],
  ['an hour without any', [...busy, ...gap(1)], 'within', 3_600],
  ['three hours where there never was a gap', [...busy, ...gap(3)], 'breach', 10_800],
  ['a night, as every night', [...nights, ...gap(8)], 'within', 28_800],
  ['twice a night', [...nights, ...gap(16)], 'breach', 57_600],
])('%s', (_name, counts, verdict, seconds) => {
  expect(judge(counts)).toMatchObject({ verdict, value: seconds, status: 'ok' });
});

test('one old outage does not make outages usual', () => {
  expect(judge([...busy, ...gap(20), ...busy, ...gap(3)]).verdict).toBe('breach');
});

test.each([
  ['a replay of the past has no freshness', busy, false, 'no_data', 'replayed_history'],
  ['a model of a few hours', busy.slice(0, 5), true, 'not_enough_data', 'not_enough_history'],
])('%s', (_name, counts, live, verdict, reason) => {
  expect(judge(counts, live)).toMatchObject({ verdict, reason, value: null });
});
