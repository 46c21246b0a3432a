import { expect, test } from 'vitest';
import { measure } from '../judge/series/judgeable.ts';
import { answers, hoursOf, MODEL, NUMBERS, profilesOf } from '../quality/estimates.testing.ts';
import type { QualityRecipe } from '../subject.ts';
import { defaultsOf } from '../test-subjects.ts';
import { estimated_performance } from './estimated_performance.ts';

type Rows = Omit<Parameters<typeof profilesOf>[0], 'seed'>;

const recipeOf = (metric: string) => estimated_performance.recipe(MODEL, metric) as QualityRecipe;
const learned = profilesOf({ n: 5_000, seed: 99 });
const hours = (rows: Rows) =>
  Array.from({ length: 24 }, (_, i) => profilesOf({ labelled: false, ...rows, seed: i + 1 }));

function judge(rows: Rows, metric = 'roc_auc', past: Rows[] = [], from: typeof learned | null = learned) {
  const before = past.map((each, i) => profilesOf({ ...each, seed: 500 + i }));
  const subject = hoursOf(recipeOf(metric), hours(rows), from, before);
  return measure(estimated_performance, subject, 23, defaultsOf(estimated_performance, metric));
}

// Of a uniform score that is true the area is 5/6, and 3/4 of the answers are right.
test.each<[string, string, Rows, number, string]>([
  ['as before', 'roc_auc', { n: 100 }, 5 / 6, 'clear'],
  ['as before', 'accuracy', { n: 100 }, 0.75, 'clear'],
  ['undecided about everything', 'roc_auc', { n: 100, score: (u) => 0.4 + 0.2 * u }, 8 / 15, 'breach'],
  ['undecided about everything', 'accuracy', { n: 100, score: (u) => 0.4 + 0.2 * u }, 0.55, 'breach'],
  [
    'surer than before',
    'accuracy',
    { n: 100, score: (u) => (u < 0.5 ? 0.1 * u : 1 - 0.1 * u) },
    0.975,
    'clear',
  ],
])('%s: %s', (_name, metric, rows, truth, verdict) => {
  const found = judge(rows, metric);
  expect(found.verdict).toBe(verdict);
  expect(found.low!).toBeLessThanOrEqual(truth + 0.01);
  expect(found.high!).toBeGreaterThanOrEqual(truth - 0.01);
});

test('what a score means has changed: it does not see that, but is unsure once labels have told', () => {
  const was = (past: Rows[]) => judge({ n: 100 }, 'roc_auc', past);
  const width = ({ low, high }: ReturnType<typeof was>) => high! - low!;
  const right = was([{ n: 500 }, { n: 500 }]);
  const wrong = was([
    { n: 500, chance: () => 0.5 },
    { n: 500, chance: () => 0.5 },
  ]);
  expect(width(right)).toBeLessThan(1.6 * width(was([])));
  expect(width(wrong)).toBeGreaterThan(4 * width(was([])));
  expect(wrong.value).toBe(right.value);
});

test('labels of earlier windows that contradict what scores promise weigh it down, those that keep it do not', () => {
  const unsure = (u: number) => 0.4 + 0.2 * u;
  const sure = (u: number) => (u < 0.5 ? 0.1 * u : 1 - 0.1 * u);
  const windows = (chance?: (score: number) => number): Rows[] =>
    [unsure, sure, unsure, sure].map((score) => ({ n: 1000, score, ...(chance && { chance }) }));
  const now = { n: 500, score: unsure };
  const accuracy = (past: Rows[]) => judge(now, 'accuracy', past);
  const kept = accuracy(windows());
  expect(kept.value).toBe(accuracy([]).value);
  expect(kept.verdict).toBe('breach');
  // Whatever scores say, three quarters of the answers are right, as ever.
  const broken = accuracy(windows((score) => (score < 0.5 ? 0.25 : 0.75)));
  expect(broken.value).toBeCloseTo(0.75, 1);
  expect(broken.verdict).toBe('clear');
});

test.each([
  ['nothing learned', judge({ n: 100 }, 'roc_auc', [], null), 'nothing_learned'],
  ['too few scores', judge({ n: 5 }), 'too_few_predictions'],
  [
    'scores of the other class',
    judge({ n: 100 }, 'roc_auc', [], profilesOf({ n: 900, seed: 1, chance: (score) => 1 - score })),
    'scores_upside_down',
  ],
  [
    'learned of one class',
    judge({ n: 100 }, 'roc_auc', [], profilesOf({ n: 900, seed: 1, chance: () => 1 })),
    'single_class',
  ],
  [
    'answers that do not follow the score',
    judge(
      { n: 100 },
      'f1',
      [],
      new Map([
        ...learned,
        ['_confusion', profilesOf({ n: 5_000, seed: 3, chance: () => 0.5 }).get('_confusion')!],
      ]),
    ),
    'answers_not_by_score',
  ],
])('%s: a named reason', (_name, found, reason) => {
  expect(found).toMatchObject({ value: null, reason });
});

test.each([
  ['numbers', { task: 'regression' as const }, 'estimate_needs_rows'],
  ['several classes', { task: 'multiclass' as const }, 'no_scores_to_estimate_from'],
  [
    'several classes, no labels',
    { task: 'multiclass' as const, known: new Set(['_probabilities']) },
    'nothing_learned',
  ],
  ['no scores', { known: new Set(['_prediction']) }, 'no_scores_to_estimate_from'],
  ['nothing labelled', { known: new Set(['_score']) }, 'nothing_learned'],
  ['whose probability it is', { positive: null }, 'positive_class_unknown'],
])('%s: why there is no estimate', (_name, change, reason) => {
  expect(estimated_performance.recipe({ ...MODEL, ...change }, undefined)).toEqual({ reason });
});

test('labels of the reference alone are enough, and another threshold of the answers is found', () => {
  const before = new Set(['_score|no', '_score|yes']);
  const model = { ...MODEL, known: new Set(['_score']), before };
  const recipe = estimated_performance.recipe(model, 'recall') as QualityRecipe;
  const subject = hoursOf(recipe, hours({ n: 100 }), profilesOf({ n: 5_000, seed: 7, threshold: 0.2 }));
  const found = measure(estimated_performance, subject, 23, defaultsOf(estimated_performance, 'recall'));
  // Of those that are positive 1 − t² score above t.
  expect(found.value!).toBeCloseTo(0.96, 1);
  expect(found.baseline!).toBeCloseTo(0.96, 1);
});

function judgeNumbers(middle: number, past: readonly number[] = []) {
  const recipe = estimated_performance.recipe(NUMBERS, 'mae') as QualityRecipe;
  const now = Array.from({ length: 24 }, (_, i) => answers(100, middle, 10 + i, { labelled: false }));
  const before = past.map((off, i) => answers(500, 50, 900 + i, { off }));
  const subject = hoursOf(recipe, now, answers(6_000, 50, 7), before);
  return measure(estimated_performance, subject, 23, defaultsOf(estimated_performance, 'mae'));
}

test.each([
  ['as before', 50, 'clear'],
  ['larger, and so farther off', 70, 'breach'],
  ['smaller', 35, 'clear'],
])('of numbers the error that answers promise: %s', (_name, middle, verdict) => {
  const found = judgeNumbers(middle);
  // |normal| is √(2/π) on average, of a tenth of what is answered.
  const truth = Math.sqrt(2 / Math.PI) * (middle / 10);
  expect(found.verdict).toBe(verdict);
  expect(Math.abs(found.value! - truth)).toBeLessThan(0.12 * truth);
  expect(found.baseline!).toBeCloseTo(Math.sqrt(2 / Math.PI) * 5, 0);
});

test('of numbers it is unsure once labels told of larger errors, and judges where people ask for it alone', () => {
  const width = ({ low, high }: ReturnType<typeof judgeNumbers>) => high! - low!;
  expect(width(judgeNumbers(50, [2, 2]))).toBeGreaterThan(3 * width(judgeNumbers(50, [1, 1])));
  const model = { id: 'm', task: 'regression' } as const;
  expect(estimated_performance.refuse!(model, { metric: 'mae' })).toBeNull();
  expect(estimated_performance.refuse!(model, {})).toMatch(/regression model/);
  expect(estimated_performance.recipe({ ...NUMBERS, known: new Set(['_prediction']) }, 'mae')).toEqual({
    reason: 'nothing_learned',
  });
  const before = new Set(['_prediction', '_absolute_residual']);
  expect(estimated_performance.recipe({ ...NUMBERS, known: before }, 'mae')).toEqual({
    reason: 'not_counted_yet',
  });
});
