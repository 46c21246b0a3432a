import { expect, test } from 'vitest';
import { HOUR, judgeLast, normal } from '../test-subjects.ts';
import { watchedSubject } from '../watched/subject.ts';
import { anomaly } from './anomaly.ts';

const history = (values: readonly number[]) => ({
  ...{ start: 0, bucketMs: HOUR, values: Float64Array.from(values), settledTo: values.length * HOUR },
  ...{ layer: 'serving' as const, unit: 'predictions' },
});
const judge = (values: readonly number[]) => judgeLast(anomaly, watchedSubject(history(values)));
const calm = normal(500, 100, 3);

test.each([
  ['as ever', 101, 'clear'],
  ['at the edge of all before', 109, 'clear'],
  ['far above all before', 160, 'breach'],
  ['far below', 20, 'breach'],
])('a value %s', (_name, value, verdict) => {
  expect(judge([...calm, value])).toMatchObject({ verdict, status: 'ok', n: 1, threshold: 2 });
});

test('what goes on is told once, what was seen before not at all', () => {
  expect(judge([...calm, 160, 161]).verdict).toBe('clear');
  expect(judge([...calm.slice(0, 200), 160, ...calm.slice(200), 158]).verdict).toBe('clear');
});

test('no value is no verdict', () => {
  expect(judge([...calm, Number.NaN])).toMatchObject({ verdict: 'no_data', reason: 'no_value', value: null });
});

test('a bucket is judged the same whatever was read before its place', () => {
  const values = [...normal(2_000, 0, 1, 4), 9];
  const whole = watchedSubject(history(values));
  // 672 hours a block: bucket 2,000 is judged from bucket 672 on.
  const part = watchedSubject({ ...history(values.slice(672)), start: 672 * HOUR });
  expect(part.surpriseAt(2_000 - 672)).toEqual(whole.surpriseAt(2_000));
});

test('it needs a signal', () => {
  expect(anomaly.refuse?.({ id: 'm', task: 'binary' }, {})).toMatch('options.series');
  expect(anomaly.options.safeParse({ series: 'volume' }).success).toBe(false);
  expect(anomaly.options.safeParse({ series: 'drift/js_distance_base2/a/b' }).success).toBe(true);
  expect(
    anomaly.phrase({
      metric: 'surprise',
      columns: '_series|volume/count',
      value: 3.21,
      baseline: null,
    }),
  ).toBe('Unusual volume/count: 3.2 margins outside of all before');
});
