import { expect, test } from 'vitest';
import { categoricalProfile } from '../../profiles/compute.ts';
import { errorSubject } from '../judge/windows/subjects.ts';
import { HOUR, judgeLast } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { error_rate } from './error_rate.ts';

const answers = (n: number, errors: number) =>
  categoricalProfile([...new Array(n - errors).fill(''), ...new Array(errors).fill('timeout')]);

function judge(hours: [n: number, errors: number][], reference: [number, number] | null = [10_000, 50]) {
  const history = new Map(hours.map(([n, errors], i) => [i * HOUR, answers(n, errors)]));
  const traffic = Track.of(1, hours.length, (b) => [hours[b]![0]]);
  const base = { start: 0, bucketMs: HOUR, buckets: hours.length, traffic };
  return judgeLast(error_rate, errorSubject(base, history, reference ? answers(...reference) : undefined));
}

test.each<[string, [number, number][], string]>([
  ['as many as ever', [[1_000, 5]], 'clear'],
  ['none', [[1_000, 0]], 'clear'],
  ['one of twenty', [[1_000, 60]], 'breach'],
  ['all', [[500, 500]], 'breach'],
  ['one error in ten answers is chance', [[10, 1]], 'not_enough_data'],
  ['few answers an hour are judged together', new Array(24).fill([20, 4]), 'breach'],
])('%s', (_name, hours, verdict) => {
  expect(judge(hours).verdict).toBe(verdict);
});

test('without a reference, errors are compared with none', () => {
  expect(judge([[1_000, 60]], null)).toMatchObject({ verdict: 'breach', baseline: 0 });
  expect(judge([[1_000, 3]], null).verdict).toBe('clear');
});

test('an hour without answers is no data', () => {
  expect(
    judge([
      [1_000, 5],
      [0, 0],
    ]),
  ).toMatchObject({ verdict: 'no_data', reason: 'no_predictions' });
});
