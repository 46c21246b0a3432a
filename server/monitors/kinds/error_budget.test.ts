import { expect, test } from 'vitest';
import { HOUR, judgeLast } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { error_budget } from './error_budget.ts';

const DAYS = 30;

/** A thousand answers an hour for a month, so many of them with an error. */
function judge(bad: (hoursAgo: number) => number, metric: string, n = 1_000) {
  const track = Track.of(2, DAYS * 24, (hour) => {
    const errors = bad(DAYS * 24 - 1 - hour);
    return [n - errors, errors];
  });
  const subject = {
    source: 'errors',
    start: 0,
    bucketMs: HOUR,
    traffic: track,
    reference: null,
    track,
  } as const;
  return judgeLast(error_budget, subject, metric);
}

// The objective is 99 %: ten of a thousand may be bad.
test.each([
  ['as many as may be', () => 10, 'clear', 1],
  ['an outage of this hour, a fifth of answers', (ago: number) => (ago === 0 ? 200 : 0), 'breach', 20 / 14.4],
  ['a tenth of answers for six hours', (ago: number) => (ago < 6 ? 100 : 0), 'breach', 10 / 6],
  ['two of a hundred for three days', (ago: number) => (ago < 72 ? 20 : 0), 'breach', 2],
  ['what was, and is over', (ago: number) => (ago >= 6 && ago < 72 ? 30 : 0), 'clear', 0],
])('burn rate: %s', (_name, bad, verdict, value) => {
  const found = judge(bad as (ago: number) => number, 'burn_rate');
  expect(found).toMatchObject({ verdict, threshold: 1 });
  expect(found.value).toBeCloseTo(value, 9);
});

test('what is left of 28 days', () => {
  expect(judge(() => 5, 'budget_left')).toMatchObject({ verdict: 'clear', threshold: 0 });
  expect(judge(() => 5, 'budget_left').value).toBeCloseTo(0.5, 9);
  expect(judge(() => 12, 'budget_left')).toMatchObject({ verdict: 'breach', reason: 'below_threshold' });
});

test('of a handful nothing is said', () => {
  expect(judge(() => 1, 'burn_rate', 1)).toMatchObject({ value: null, reason: 'too_few_predictions' });
});

test('what it says', () => {
  expect(error_budget.phrase({ metric: 'burn_rate', columns: '', value: 1.39, baseline: null })).toBe(
    'The error budget of answers without an error burns too fast: 1.4 times what is told',
  );
});
