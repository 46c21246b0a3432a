import { expect, test } from 'vitest';
import { measure } from '../judge/series/judgeable.ts';
import { answers, hoursOf, MODEL, NUMBERS, profilesOf } from '../quality/estimates.testing.ts';
import type { QualityRecipe } from '../subject.ts';
import { defaultsOf } from '../test-subjects.ts';
import { estimate_error } from './estimate_error.ts';

type Rows = Omit<Parameters<typeof profilesOf>[0], 'seed'>;

const learned = profilesOf({ n: 5_000, seed: 99 });

function judge(rows: Rows, metric = 'roc_auc_error') {
  const recipe = estimate_error.recipe(MODEL, metric) as QualityRecipe;
  const hours = Array.from({ length: 24 }, (_, i) => profilesOf({ ...rows, seed: i + 1 }));
  return measure(estimate_error, hoursOf(recipe, hours, learned), 23, defaultsOf(estimate_error, metric));
}

test.each<[string, Rows, string, number, string]>([
  ['what was promised is kept', { n: 100 }, 'roc_auc_error', 0, 'clear'],
  ['other scores, that mean the same', { n: 100, score: (u) => 0.3 + 0.4 * u }, 'accuracy_error', 0, 'clear'],
  ['scores mean nothing any more', { n: 100, chance: () => 0.5 }, 'roc_auc_error', 1 / 3, 'breach'],
  ['scores mean nothing any more', { n: 100, chance: () => 0.5 }, 'accuracy_error', 0.25, 'breach'],
  ['better than promised', { n: 100, chance: (s) => (s < 0.5 ? 0 : 1) }, 'accuracy_error', -0.25, 'clear'],
])('%s', (_name, rows, metric, error, verdict) => {
  const found = judge(rows, metric);
  expect(found.verdict).toBe(verdict);
  expect(found.value!).toBeCloseTo(error, 1);
});

test('one class, too few, and labels that do not come have named reasons', () => {
  expect(judge({ n: 100, chance: () => 1 })).toMatchObject({ value: null, reason: 'single_class' });
  expect(judge({ n: 3 })).toMatchObject({ value: null, reason: 'too_few_labels' });
  expect(judge({ n: 100, labelled: false })).toMatchObject({ value: null, reason: 'no_labels' });
});

function judgeNumbers(middle: number, off: number) {
  const recipe = estimate_error.recipe(NUMBERS, 'mae_error') as QualityRecipe;
  const hours = Array.from({ length: 24 }, (_, i) => answers(100, middle, 10 + i, { off }));
  const subject = hoursOf(recipe, hours, answers(6_000, 50, 7));
  return measure(estimate_error, subject, 23, defaultsOf(estimate_error, 'mae_error'));
}

test.each([
  ['as far off as promised', 50, 1, 'clear'],
  // Larger answers are farther off, which is promised.
  ['other answers, that mean the same', 65, 1, 'clear'],
  ['half as far off again', 50, 1.5, 'breach'],
  ['nearer than promised', 50, 0.5, 'clear'],
])('of numbers: %s', (_name, middle, off, verdict) => {
  const { value, verdict: found } = judgeNumbers(middle, off);
  const promised = Math.sqrt(2 / Math.PI) * (middle / 10);
  expect(found).toBe(verdict);
  expect(Math.abs(value! - (off - 1) * promised)).toBeLessThan(0.12 * promised);
});

test('of numbers it is where people ask for it alone', () => {
  const model = { id: 'm', task: 'regression' } as const;
  expect(estimate_error.refuse!(model, { metric: 'mae_error' })).toBeNull();
  expect(estimate_error.refuse!(model, {})).toMatch(/regression model/);
  expect(estimate_error.recipe(MODEL, 'mae_error')).toEqual({ reason: 'estimate_of_numbers' });
});
