import { expect, test } from 'vitest';
import { EMPTY_PROFILE } from '../../profiles/profile.ts';
import { measure } from '../judge/series/judgeable.ts';
import { settingsOf } from '../judge/state/settings.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { QualityRecipe } from '../subject.ts';
import { HOUR } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { label_coverage } from './label_coverage.ts';

const model = { task: 'binary', positive: null, grids: new Map(), impact: null } as const;
const recipe = label_coverage.recipe(
  { ...model, known: new Set(['_label']), waiting: 0 },
  undefined,
) as QualityRecipe;

/** Each hour has 500 predictions, of which so many are labelled. */
function judge(labelled: readonly number[], matureTo = labelled.length) {
  const column = (counts: readonly number[]) =>
    new Map(counts.map((n, i) => [i * HOUR, { ...EMPTY_PROFILE, n }] as const));
  const traffic = Track.of(1, labelled.length, () => [500]);
  const base = { start: 0, bucketMs: HOUR, buckets: labelled.length, traffic };
  const histories = new Map([
    ['_all', column(labelled.map(() => 500))],
    ['_label', column(labelled)],
  ]);
  const subject = qualitySubject(base, { recipe, histories, baseline: [10_000, 8_000], matureTo });
  const { settings } = settingsOf(label_coverage, {}, { bucket_ms: HOUR, window_ms: HOUR }, undefined);
  return measure(label_coverage, subject, labelled.length - 1, settings);
}

test.each([
  ['as before', [400], 'clear', 'within_threshold'],
  ['a little less', [370], 'within', 'within_hysteresis'],
  ['half of them', [200], 'breach', 'below_threshold'],
  ['none any more', [0], 'breach', 'below_threshold'],
  ['more labels than predictions', [600], 'clear', 'within_threshold'],
])('%s', (_name, labelled, verdict, reason) => {
  expect(judge(labelled)).toMatchObject({ verdict, reason, baseline: 0.8, n: 500 });
});

test('what may still come is awaited, and without any label the reason is named', () => {
  expect(judge([100], 0)).toMatchObject({ verdict: 'late', reason: 'labels_not_mature' });
  expect(label_coverage.recipe({ ...model, known: new Set(), waiting: 0 }, undefined)).toEqual({
    reason: 'no_labels',
  });
  expect(label_coverage.recipe({ ...model, known: new Set(), waiting: 9 }, undefined)).toEqual({
    reason: 'labels_match_no_prediction',
  });
});
