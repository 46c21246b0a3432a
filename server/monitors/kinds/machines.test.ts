import { expect, test } from 'vitest';
import { judgeLast, telemetryOf } from '../test-subjects.ts';
import { machines } from './machines.ts';

test.each([
  ['cpu_share', [0.5, 0.6], 'clear', 0.6],
  ['cpu_share', [0.5, 0.92], 'within', 0.92],
  ['cpu_share', [0.5, 0.97], 'breach', 0.97],
  ['gpu_share', [0.97], 'within', 0.97],
  ['restarts', [3, 3], 'clear', 0],
  ['restarts', [3, 5], 'breach', 2],
  // It began anew.
  ['restarts', [9, 1], 'clear', 0],
])('%s of %j: %s', (metric, values, verdict, value) => {
  expect(judgeLast(machines, telemetryOf(metric, values), metric)).toMatchObject({ verdict, status: 'ok' });
  expect(judgeLast(machines, telemetryOf(metric, values), metric).value).toBeCloseTo(value, 9);
});

test('without telemetry, or without a bucket before, there is a reason', () => {
  expect(judgeLast(machines, telemetryOf('memory', [1]), 'cpu_share')).toMatchObject({ reason: 'no_value' });
  expect(judgeLast(machines, telemetryOf('restarts', [1]), 'restarts')).toMatchObject({
    ...{ verdict: 'not_enough_data', reason: 'not_enough_history' },
  });
});

test('what it says', () => {
  const told = (metric: string, value: number) =>
    machines.phrase({ metric, columns: '', value, baseline: null });
  expect(told('cpu_share', 0.97)).toBe('CPU at 97 %');
  expect(told('memory', 17_000)).toBe('Memory at 17000 MB');
  expect(told('restarts', 2)).toBe('Instances restart');
});
