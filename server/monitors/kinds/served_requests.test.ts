import { expect, test } from 'vitest';
import { judgeLast, telemetryOf } from '../test-subjects.ts';
import { served_requests } from './served_requests.ts';

test.each([
  ['server_errors', 0.01, 1_000, 'clear'],
  // Nine of a hundred may be chance, a hundred of a thousand are none.
  ['server_errors', 0.09, 100, 'within'],
  ['server_errors', 0.1, 1_000, 'breach'],
  ['client_errors', 0.3, 1_000, 'clear'],
  ['answering', 1, 4, 'clear'],
  ['answering', 0.25, 4, 'breach'],
  ['reachable', 0.95, 60, 'clear'],
  ['reachable', 0.8, 60, 'breach'],
  ['latency_p95', 400, 50, 'clear'],
  ['latency_p95', 1_500, 50, 'breach'],
])('%s at %d of %d: %s', (metric, value, n, verdict) => {
  expect(judgeLast(served_requests, telemetryOf(metric, [value], n), metric)).toMatchObject({
    verdict,
    value,
    n,
  });
});

test('without telemetry, or of too few requests, there is a reason', () => {
  expect(judgeLast(served_requests, telemetryOf('answering', [1]), 'server_errors')).toMatchObject({
    reason: 'no_value',
  });
  expect(judgeLast(served_requests, telemetryOf('server_errors', [1], 20), 'server_errors')).toMatchObject({
    ...{ verdict: 'not_enough_data', reason: 'too_few_requests', n: 20 },
  });
});

test('what it says', () => {
  const told = (metric: string, value: number | null) =>
    served_requests.phrase({ metric, columns: '', value, baseline: null });
  expect(told('server_errors', 0.123)).toBe('12 % of requests answered with 5xx');
  expect(told('answering', 0.5)).toBe('50 % of instances answer');
  expect(told('reachable', 0.8)).toBe('80 % of probes answered as expected');
  expect(told('latency_p99', 812.4)).toBe('Requests take 812 ms (p99)');
});
