import { expect, test } from 'vitest';
import { gridOf } from '../../../stats/asinh-grid.ts';
import { random } from '../../../stats/random.ts';
import { numericProfile } from '../../profiles/compute.ts';
import type { Profile } from '../../profiles/profile.ts';
import { measure } from '../judge/series/judgeable.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { QualityRecipe } from '../subject.ts';
import { defaultsOf, HOUR } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { calibration_drift } from './calibration_drift.ts';

const GRID = gridOf(Array.from({ length: 100 }, (_, i) => i / 100));
const CLASSES = ['_score|no', '_score|yes'];

/** Labelled scores of an hour, uniform; `chance`: of a yes at a score. */
function hour(n: number, chance: (score: number) => number, seed: number): Map<string, Profile> {
  const next = random(seed);
  const sides: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++) {
    const score = next();
    sides[next() < chance(score) ? 1 : 0]!.push(score);
  }
  return new Map(sides.map((side, i) => [CLASSES[i]!, numericProfile(side, GRID)]));
}

const hours = (n: number, chance: (score: number) => number) =>
  Array.from({ length: 24 }, (_, i) => hour(n, chance, i + 1));
const model = {
  ...({ task: 'binary', positive: 'yes', waiting: 0, impact: null, known: new Set(CLASSES) } as const),
  grids: new Map([['_score', GRID]]),
};

function judge(all: readonly Map<string, Profile>[], known = model) {
  const recipe = calibration_drift.recipe(known, undefined) as QualityRecipe;
  const baseline = new Float64Array(recipe.width);
  recipe.add(
    hour(5_000, (p) => p, 99),
    baseline,
  );
  const histories = new Map(
    CLASSES.map((column) => [column, new Map(all.map((each, i) => [i * HOUR, each.get(column)!]))]),
  );
  const traffic = Track.of(1, all.length, () => [100]);
  const base = { start: 0, bucketMs: HOUR, buckets: all.length, traffic };
  const subject = qualitySubject(base, { recipe, histories, baseline: [...baseline], matureTo: all.length });
  return measure(calibration_drift, subject, all.length - 1, defaultsOf(calibration_drift));
}

test.each<[string, number, (score: number) => number, string]>([
  ['what is called 80 % happens in 80 of 100', 100, (p) => p, 'clear'],
  ['it happens half as often', 100, (p) => p / 2, 'breach'],
  ['it still ranks, but says less than it knows', 100, (p) => (p < 0.5 ? p / 4 : 1 - (1 - p) / 4), 'breach'],
])('%s', (_name, n, chance, verdict) => {
  expect(judge(hours(n, chance))).toMatchObject({ verdict });
});

test('too few labels, and a single class, are told by name', () => {
  expect(judge(hours(5, (p) => p / 2))).toMatchObject({ value: null, reason: 'too_few_labels' });
  expect(judge(hours(100, () => 0)).value).toBeGreaterThan(0.3);
  const single = { ...model, known: new Set(['_score|yes']) };
  expect(calibration_drift.recipe(single, undefined)).toEqual({ reason: 'single_class' });
});

test('it is asked of two classes alone', () => {
  expect(calibration_drift.refuse?.({ id: 'm', task: 'regression' }, {})).toContain('one of two classes');
  expect(calibration_drift.refuse?.({ id: 'm', task: 'binary' }, {})).toBeNull();
});
