import { expect, test } from 'vitest';
import { categoricalProfile } from '../../profiles/compute.ts';
import { CONFUSION_SEPARATOR, type Profile } from '../../profiles/profile.ts';
import { settingsOf } from '../judge/state/settings.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { LabelledModel } from '../kind.ts';
import { inGroup, type QualityRecipe } from '../subject.ts';
import { HOUR, MODEL } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { fairness } from './fairness.ts';

const KEYS = ['sex=f', 'sex=m'];
const known: LabelledModel = {
  ...{ task: 'binary', positive: 'yes', known: new Set(['_prediction', '_confusion']), grids: new Map() },
  ...{ waiting: 0, impact: null, groups: new Map([['sex', KEYS]]) },
};

const answers = (n: number, yes: number) =>
  categoricalProfile(Array.from({ length: n }, (_, i) => (i < yes ? 'yes' : 'no')));

/** What one bucket of these groups shows. */
function judged(metric: string, groups: Record<string, Profile>, column = '_prediction') {
  const recipe = fairness.recipe(known, metric, 'sex') as QualityRecipe;
  const histories = new Map(
    Object.entries(groups).map(([key, profile]) => [inGroup(key, column), new Map([[0, profile]])]),
  );
  const subject = qualitySubject(
    { start: 0, bucketMs: HOUR, buckets: 1, traffic: Track.of(1, 1, () => [1]) },
    { recipe, histories, baseline: null, matureTo: 1 },
  );
  return fairness.compute(subject, 0, settingsOf(fairness, { metric }, MODEL).settings);
}

test.each([
  ['alike', [500, 250], [500, 250], 0, 'clear'],
  ['apart for certain', [500, 150], [500, 250], 0.2, 'breach'],
  ['beyond the limit, and it may be chance', [60, 26], [60, 33], 7 / 60, 'within'],
])('the share given the positive answer: %s', (_name, [nf, yf], [nm, ym], value, verdict) => {
  const found = judged('demographic_parity_difference', {
    'sex=f': answers(nf!, yf!),
    'sex=m': answers(nm!, ym!),
  });
  expect(found.value).toBeCloseTo(value, 9);
  expect(found.verdict).toBe(verdict);
});

test('four fifths: a ratio is too small below its limit', () => {
  const found = judged('disparate_impact', { 'sex=f': answers(500, 150), 'sex=m': answers(500, 250) });
  expect(found).toMatchObject({ verdict: 'breach', reason: 'below_threshold', threshold: 0.8, baseline: 1 });
  expect(found.value).toBeCloseTo(0.6, 9);
});

test('who is wronged is counted from labels', () => {
  const cells = (tp: number, fn: number) =>
    categoricalProfile([
      ...Array.from({ length: tp }, () => `yes${CONFUSION_SEPARATOR}yes`),
      ...Array.from({ length: fn }, () => `yes${CONFUSION_SEPARATOR}no`),
      ...Array.from({ length: 200 }, () => `no${CONFUSION_SEPARATOR}no`),
    ]);
  const groups = { 'sex=f': cells(100, 100), 'sex=m': cells(160, 40) };
  const found = judged('equal_opportunity_difference', groups, '_confusion');
  expect(found.value).toBeCloseTo(0.3, 9);
  expect(found.verdict).toBe('breach');
});

test('a group of three people is not judged, and says so', () => {
  const found = judged('demographic_parity_difference', {
    'sex=f': answers(3, 0),
    'sex=m': answers(500, 250),
  });
  expect(found).toMatchObject({ value: null, verdict: 'not_enough_data', reason: 'groups_too_small' });
});

test.each<[string, Partial<LabelledModel>]>([
  ['no_protected_attributes', { groups: new Map() }],
  ['needs_two_classes', { task: 'multiclass' }],
  ['positive_class_unknown', { positive: null }],
  ['fewer_than_two_groups', { groups: new Map([['sex', ['sex=f']]]) }],
  ['no_answers_to_compare', { known: new Set() }],
])('%s', (reason, change) => {
  expect(fairness.recipe({ ...known, ...change }, undefined, 'sex')).toEqual({ reason });
});

test('of a model without scores the class that people named is the positive one', () => {
  const recipe = fairness.recipe({ ...known, positive: null, named: 'yes' }, undefined, 'sex');
  expect(recipe).toMatchObject({ of: 'yes' });
});

test('a monitor that could never judge is refused', () => {
  expect(fairness.refuse?.({ id: 'm', task: 'regression' }, {})).toContain('fairness is told of two classes');
  expect(fairness.refuse?.({ id: 'm', task: 'binary', protected: null }, {})).toContain(
    'has no protected attributes',
  );
});
