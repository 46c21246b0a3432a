import { expect, test } from 'vitest';
import { PLACES } from '../quality/from-losses.ts';
import type { QualityMeasure, QualitySubject } from '../subject.ts';
import { HOUR, judgeLast } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { quality_budget } from './quality_budget.ts';

/** A hundred labelled answers an hour for ten days, so many of them wrong. */
function subject(wrong: (hoursAgo: number) => number, matureTo = 240): QualitySubject {
  const counts = Track.of(2, 240, (hour) => [100, wrong(239 - hour)]);
  const sums = (from: number, to: number) => {
    const all = new Array<number>(3 * PLACES).fill(0);
    all[0] = counts.sum(0, from, to);
    all[PLACES] = counts.sum(1, from, to);
    return all;
  };
  return {
    ...{
      source: 'quality',
      start: 0,
      bucketMs: HOUR,
      traffic: counts,
      labelled: counts,
      matureTo,
      reason: '',
    },
    measure: { sums } as unknown as QualityMeasure,
  };
}

// The objective is 90 %: ten of a hundred may be wrong.
test.each([
  ['as many as may be', () => 10, 'clear'],
  ['all of six hours', (ago: number) => (ago < 6 ? 100 : 5), 'breach'],
  ['fifteen of a hundred for three days', (ago: number) => (ago < 72 ? 15 : 5), 'breach'],
])('%s', (_name, wrong, verdict) => {
  expect(judgeLast(quality_budget, subject(wrong as (ago: number) => number))).toMatchObject({ verdict });
});

test('labels that are to come are waited for, and numbers have no right or wrong', () => {
  expect(
    judgeLast(
      quality_budget,
      subject(() => 0, 200),
    ),
  ).toMatchObject({ reason: 'labels_not_mature' });
  expect(quality_budget.refuse?.({ id: 'm', task: 'regression' }, {})).toMatch('numbers');
  expect(quality_budget.refuse?.({ id: 'm', task: 'binary' }, {})).toBeNull();
});
