import { expect, test } from 'vitest';
import { settingsOf } from '../judge/state/settings.ts';
import type { AttributionSubject } from '../subject.ts';
import { columnOf, HOUR, MODEL, normal } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { attribution_drift } from './attribution_drift.ts';

/** Sums of two features of constant sizes. */
const sums = (n: number, a: number, b: number) => [n, n * a, n * a * a * 1.2, n, n * b, n * b * b * 1.2];

function judged(reference: readonly number[] | null, current: readonly number[]) {
  const timeline = { start: 0, bucketMs: HOUR, buckets: 1, traffic: Track.of(1, 1, () => [current[0]!]) };
  const subject: AttributionSubject = {
    ...{ source: 'attributions', ...timeline, feature: null },
    ranking: { reference, track: Track.of(6, 1, () => [...current]) },
  };
  return attribution_drift.compute(subject, 0, settingsOf(attribution_drift, {}, MODEL).settings);
}

test.each([
  ['the same order', sums(1000, 4, 1), sums(1000, 3, 1), 'clear', 'within_threshold'],
  ['the order turned', sums(1000, 4, 1), sums(1000, 1, 4), 'breach', 'below_threshold'],
  ['turned, and both weigh alike', sums(1000, 2, 1.9), sums(1000, 1.9, 2), 'clear', 'within_threshold'],
  ['too few', sums(1000, 4, 1), sums(100, 1, 4), 'not_enough_data', 'too_few_predictions'],
  ['a reference of too few', sums(100, 4, 1), sums(1000, 1, 4), 'not_enough_data', 'too_small_reference'],
  ['none before', null, sums(1000, 1, 4), 'not_enough_data', 'no_reference'],
  ['all of them 0', sums(1000, 4, 1), sums(1000, 0, 0), 'not_enough_data', 'not_enough_data'],
])('%s', (_name, reference, current, verdict, reason) => {
  expect(judged(reference, current)).toMatchObject({ verdict, reason });
});

test('of one attribution, as input drift', () => {
  const feature = columnOf(normal(2000), [normal(500, 2, 1, 3)]);
  const { start, bucketMs, traffic } = feature;
  const subject = {
    source: 'attributions',
    start,
    bucketMs,
    traffic,
    ranking: null,
    feature,
  } as const;
  const { settings } = settingsOf(attribution_drift, { metric: 'js_distance_base2' }, MODEL);
  expect(attribution_drift.compute(subject, 0, settings)).toMatchObject({
    verdict: 'breach',
    threshold: 0.1,
  });
});
