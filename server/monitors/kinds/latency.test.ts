import { expect, test } from 'vitest';
import { gridOf } from '../../../stats/asinh-grid.ts';
import { numericProfile } from '../../profiles/compute.ts';
import { latencySubject } from '../judge/windows/subjects.ts';
import { HOUR, judgeLast, normal } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { latency } from './latency.ts';

/** Log-normal answer times around 20 ms. */
const times = (n: number, factor: number, seed = 3) =>
  normal(n, 3, 0.4, seed).map((x) => Math.exp(x) * factor);
const reference = times(20_000, 1, 1);
const grid = gridOf(reference);

function judge(hours: number[][], metric = 'p50', base: number[] | null = reference) {
  const history = new Map(hours.map((cells, i) => [i * HOUR, numericProfile(cells, grid)]));
  const traffic = Track.of(1, hours.length, (b) => [hours[b]!.length]);
  const span = { start: 0, bucketMs: HOUR, buckets: hours.length, traffic };
  return judgeLast(
    latency,
    latencySubject(span, grid, history, base ? numericProfile(base, grid) : undefined),
    metric,
  );
}
const slowTail = (n: number) => times(n, 1).map((ms, i) => (i % 20 === 0 ? ms * 10 : ms));

test.each<[string, number[][], string, string]>([
  ['as fast as ever, p50', [times(2_000, 1)], 'p50', 'clear'],
  ['as fast as ever, p95', [times(2_000, 1)], 'p95', 'clear'],
  ['as fast as ever, p99', [times(2_000, 1)], 'p99', 'clear'],
  ['twice as slow, p50', [times(2_000, 2)], 'p50', 'breach'],
  ['twice as slow, p95', [times(2_000, 2)], 'p95', 'breach'],
  ['a tenth slower', [times(2_000, 1.1)], 'p50', 'clear'],
  ['a slow tail leaves the median alone', [slowTail(4_000)], 'p50', 'clear'],
  ['a slow tail is in p99', [slowTail(4_000)], 'p99', 'breach'],
])('%s', (_name, hours, metric, verdict) => {
  expect(judge(hours, metric)).toMatchObject({ verdict, status: 'ok' });
});

test('the quantile is right within a cell of the grid', () => {
  const { value, low, high } = judge([times(20_000, 1, 8)], 'p95');
  const exact = Math.exp(3 + 0.4 * 1.644854);
  expect(Math.abs(value! / exact - 1)).toBeLessThan(0.04);
  expect(low!).toBeLessThan(value!);
  expect(high!).toBeGreaterThan(value!);
});

test('p99 wants more rows than the median', () => {
  expect(judge([times(300, 1)], 'p50').verdict).toBe('clear');
  expect(judge([times(300, 1)], 'p99')).toMatchObject({
    verdict: 'not_enough_data',
    reason: 'too_few_predictions',
  });
});

test('a millisecond more is nobody’s trouble, whatever the ratio', () => {
  const fast = times(20_000, 0.01, 1);
  const tiny = gridOf(fast);
  const hour = numericProfile(times(2_000, 0.03), tiny);
  const traffic = Track.of(1, 1, () => [2_000]);
  const span = { start: 0, bucketMs: HOUR, buckets: 1, traffic };
  const subject = latencySubject(span, tiny, new Map([[0, hour]]), numericProfile(fast, tiny));
  expect(judgeLast(latency, subject, 'p50').verdict).not.toBe('breach');
});

test('without a reference there is a reason', () => {
  expect(judge([times(500, 1)], 'p50', null)).toMatchObject({
    verdict: 'not_enough_data',
    reason: 'no_reference',
  });
});
