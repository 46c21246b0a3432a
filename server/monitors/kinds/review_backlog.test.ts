import { expect, test } from 'vitest';
import { HOUR, judgeLast } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { review_backlog } from './review_backlog.ts';

const DAY = 24 * HOUR;
/** The end of the last of twenty days. */
const END = 20 * DAY;

function judge(waited: readonly { from: number; to: number | null }[], metric?: string, live = true) {
  const traffic = Track.of(1, 20 * 24, () => [1]);
  return judgeLast(
    review_backlog,
    { source: 'reviews', start: 0, bucketMs: HOUR, traffic, live, waited },
    metric,
  );
}
const since = (days: number, to: number | null = null) => ({ from: END - days * DAY, to });

test.each([
  ['nothing was ever put in', [], 'clear', 0],
  ['what waits came this week', [since(2), since(5)], 'within', 5],
  ['one has waited for nine days', [since(1), since(9)], 'breach', 9],
  ['it was answered before', [since(1), since(9, END - HOUR)], 'clear', 1],
  ['it was answered after the bucket', [since(9, END + HOUR)], 'breach', 9],
  ['it came after the bucket', [{ from: END + HOUR, to: null }], 'clear', 0],
])('the oldest: %s', (_name, waited, verdict, value) => {
  expect(judge(waited)).toMatchObject({ verdict, value, low: value, high: value });
});

test('how many are open', () => {
  const many = (n: number) => Array.from({ length: n }, () => since(1));
  expect(judge(many(201), 'open_reviews')).toMatchObject({ verdict: 'breach', value: 201, n: 201 });
  expect(judge([...many(90), ...many(500).map(({ from }) => ({ from, to: END }))], 'open_reviews')).toMatchObject({ verdict: 'clear', value: 90 }); // biome-ignore format: one line
});

test('people do not answer a replay of the past', () => {
  expect(judge([since(9)], undefined, false)).toMatchObject({ value: null, reason: 'replayed_history' });
});
