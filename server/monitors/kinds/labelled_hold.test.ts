import { expect, test } from 'vitest';
import type { HoldRunRow } from '../../store/ledger/schema.ts';
import { HOUR, judgeLast } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { labelled_hold } from './labelled_hold.ts';

/** The end of the last of two days. */
const END = 48 * HOUR;

const run = (hoursAgo: number, more: Partial<HoldRunRow> = {}): HoldRunRow => ({
  ...{ id: `r${hoursAgo}`, model: 'm', at: END - hoursAgo * HOUR, took_ms: 9, rows: 200, answered: 200 },
  ...{ unanswered: '[]', failed: null, task: 'classes', value: 0.9, low: 0.85, high: 0.94, p95_ms: 4 },
  ...{ lost: 0, lost_low: 0, lost_high: 0, baseline: 0.9 },
  ...more,
});
const FAILED = { failed: 'timeout', value: null, low: null, high: null, answered: 0 } as const;

function judge(runs: readonly HoldRunRow[], metric = 'hold_accuracy', live = true) {
  const traffic = Track.of(1, 48, () => [1]);
  const history = { task: runs[0]?.task ?? 'classes', everyMs: 6 * HOUR, runs };
  return judgeLast(
    labelled_hold,
    { source: 'holds', start: 0, bucketMs: HOUR, traffic, live, history },
    metric,
  );
}

test.each<[string, HoldRunRow[], string, string]>([
  ['answers as at first', [run(12), run(6), run(0.5)], 'clear', 'within_threshold'],
  ['nothing to compare with yet', [run(2, { lost: null, lost_low: null, baseline: null })], 'clear', 'first_run'],
  ['ten points lost for certain', [run(3, { value: 0.8, lost: 0.1, lost_low: 0.07 })], 'breach', 'below_threshold'],
  ['perhaps ten points', [run(3, { value: 0.8, lost: 0.1, lost_low: 0.05 })], 'within', 'within_hysteresis'],
  ['failed once: a deploy', [run(6), run(1, FAILED)], 'no_data', 'timeout'],
  ['failed twice', [run(6), run(1, FAILED), run(0.8, FAILED)], 'breach', 'timeout'],
  ['back again', [run(2, FAILED), run(1, FAILED), run(0.5)], 'clear', 'within_threshold'],
  ['the server did not run it', [run(14)], 'no_data', 'hold_not_run'],
  ['never run', [], 'no_data', 'hold_not_run'],
  ['run after the bucket', [run(6), run(-1, FAILED)], 'clear', 'within_threshold'],
])('%s', (_name, runs, verdict, reason) => {
  expect(judge(runs)).toMatchObject({ verdict, reason });
}); // biome-ignore format: a table

test('numbers: a share of the error at first', () => {
  const worse = (lost: number, lost_low: number) =>
    judge([run(1, { task: 'numbers', value: 10 + lost, lost, lost_low, baseline: 10 })], 'hold_mae');
  expect(worse(3, 2.6)).toMatchObject({ verdict: 'breach', threshold: 12, baseline: 10, value: 13 });
  expect(worse(1.5, 1.2)).toMatchObject({ verdict: 'within' });
  expect(worse(-2, -3)).toMatchObject({ verdict: 'clear' });
});

test('what is said of it', () => {
  const say = (value: number | null, metric = 'hold_accuracy') =>
    labelled_hold.phrase({ metric, columns: '', value, baseline: value === null ? null : 0.9 });
  expect(say(0.8)).toBe('Accuracy on the hold fell to 0.8 (0.9 at first)');
  expect(say(1.2, 'hold_mae')).toBe('Mean absolute error on the hold rose to 1.2 (0.9 at first)');
  expect(say(null)).toBe('The labelled hold gets no answers');
});

test('nothing is run in a replay of the past', () => {
  expect(judge([run(1)], undefined, false)).toMatchObject({ value: null, reason: 'replayed_history' });
});
