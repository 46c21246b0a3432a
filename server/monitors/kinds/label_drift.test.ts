import { expect, test } from 'vitest';
import { gridOf } from '../../../stats/asinh-grid.ts';
import { random } from '../../../stats/random.ts';
import { categoricalProfile, numericProfile } from '../../profiles/compute.ts';
import type { Profile } from '../../profiles/profile.ts';
import { measure } from '../judge/series/judgeable.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { LabelledModel } from '../kind.ts';
import type { QualityRecipe } from '../subject.ts';
import { defaultsOf, draws, HOUR, normal } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { label_drift } from './label_drift.ts';

const GRID = gridOf(normal(2_000));
const known = (task: LabelledModel['task']): LabelledModel => ({
  ...{ task, positive: null, waiting: 0, impact: null },
  ...{ known: new Set(['_label']), grids: new Map() },
});

function judge(task: LabelledModel['task'], before: Profile, hours: readonly Profile[]) {
  const recipe = label_drift.recipe(known(task), undefined) as QualityRecipe;
  const baseline = new Float64Array(recipe.width);
  recipe.add(new Map([['_label', before]]), baseline);
  const histories = new Map([['_label', new Map(hours.map((each, i) => [i * HOUR, each]))]]);
  const traffic = Track.of(1, hours.length, () => [100]);
  const base = { start: 0, bucketMs: HOUR, buckets: hours.length, traffic };
  const state = { recipe, histories, baseline: [...baseline], matureTo: hours.length };
  return measure(label_drift, qualitySubject(base, state), hours.length - 1, defaultsOf(label_drift));
}

const classes = (n: number, shares: Record<string, number>, seed: number) =>
  categoricalProfile(draws(n, shares, seed));
const hours = (make: (seed: number) => Profile) => Array.from({ length: 24 }, (_, i) => make(i + 2));

test.each<[string, Record<string, number>, string]>([
  ['the same mix', { yes: 0.5, no: 0.5 }, 'clear'],
  ['a class that grows from 50 % to 80 %', { yes: 0.8, no: 0.2 }, 'breach'],
  ['a class that was never seen', { yes: 0.4, no: 0.4, maybe: 0.2 }, 'breach'],
])('%s', (_name, shares, verdict) => {
  const before = classes(5_000, { yes: 0.5, no: 0.5 }, 1);
  expect(
    judge(
      'binary',
      before,
      hours((seed) => classes(100, shares, seed)),
    ).verdict,
  ).toBe(verdict);
});

test.each([
  [0, 'clear'],
  [1, 'breach'],
])('numbers that moved by %d of their spread', (by, verdict) => {
  const before = numericProfile(normal(5_000), GRID);
  const after = hours((seed) => numericProfile(normal(100, by, 1, seed), GRID));
  expect(judge('regression', before, after).verdict).toBe(verdict);
});

test('where nothing changes it stays calm: 200 windows of 200 labels', () => {
  const next = random(5);
  const before = classes(500, { yes: 0.1, no: 0.9 }, 1);
  const verdicts = Array.from({ length: 200 }, () => {
    const seed = Math.floor(next() * 1e9);
    return judge('binary', before, [classes(200, { yes: 0.1, no: 0.9 }, seed)]).verdict;
  });
  expect(verdicts.filter((verdict) => verdict === 'breach')).toEqual([]);
});

test.each<[string, Partial<LabelledModel>]>([
  ['no_labels', { known: new Set() }],
  ['labels_match_no_prediction', { known: new Set(), waiting: 3 }],
  ['task_not_settled', { task: 'unknown' }],
])('%s', (reason, change) => {
  expect(label_drift.recipe({ ...known('binary'), ...change }, undefined)).toEqual({ reason });
});
