import { expect, test } from 'vitest';
import { gridOf } from '../../../stats/asinh-grid.ts';
import { categoricalProfile, numericProfile } from '../../profiles/compute.ts';
import { CONFUSION_SEPARATOR, type Profile } from '../../profiles/profile.ts';
import { measure } from '../judge/series/judgeable.ts';
import { settingsOf } from '../judge/state/settings.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { QualityRecipe } from '../subject.ts';
import { HOUR, normal } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { performance } from './performance.ts';

type Hour = Record<string, Profile>;
const SCORES = gridOf(normal(1_000));

const confusion = (right: number, wrong: number): Hour => ({
  _confusion: categoricalProfile([
    ...new Array(right).fill(`yes${CONFUSION_SEPARATOR}yes`),
    ...new Array(wrong).fill(`yes${CONFUSION_SEPARATOR}no`),
  ]),
});
const residuals = (n: number, size: number, seed = 1): Hour => ({
  _absolute_residual: numericProfile(normal(n, 0, size, seed).map(Math.abs), SCORES),
});
const scores = (n: number, apart: number, seed = 1): Hour => ({
  '_score|no': numericProfile(normal(n, 0, 1, seed), SCORES),
  '_score|yes': numericProfile(normal(n, apart, 1, seed + 50), SCORES),
});

const task = { accuracy: 'multiclass', mae: 'regression', bias: 'regression', roc_auc: 'binary' } as const;

function judge(
  metric: keyof typeof task,
  hours: Hour[],
  normalHours: Hour[] | null,
  matureTo = hours.length,
) {
  const known = new Set([...hours, ...(normalHours ?? [])].flatMap((hour) => Object.keys(hour)));
  const recipe = performance.recipe(
    { task: task[metric], positive: 'yes', known, grids: new Map(), waiting: 0, impact: null },
    metric === 'bias' ? metric : undefined,
  ) as QualityRecipe;
  const histories = new Map(
    recipe.columns.map((column) => [
      column,
      new Map(hours.flatMap((hour, i) => (hour[column] ? [[i * HOUR, hour[column]] as const] : []))),
    ]),
  );
  const baseline = new Float64Array(recipe.width);
  for (const hour of normalHours ?? []) recipe.add(new Map(Object.entries(hour)), baseline);
  const traffic = Track.of(1, hours.length, () => [1_000]);
  const base = { start: 0, bucketMs: HOUR, buckets: hours.length, traffic };
  const subject = qualitySubject(base, {
    recipe,
    histories,
    baseline: normalHours && [...baseline],
    matureTo,
  });
  const model = { bucket_ms: HOUR, window_ms: 4 * HOUR };
  const { settings } = settingsOf(performance, {}, model, recipe.metric);
  return measure(performance, subject, hours.length - 1, settings);
}
const times = (n: number, hour: Hour): Hour[] => new Array(n).fill(hour);
const goodAuc = times(20, scores(100, 1.5));

test.each<[string, keyof typeof task, Hour[], Hour[], string]>([
  ['accuracy stays', 'accuracy', times(4, confusion(180, 20)), times(20, confusion(180, 20)), 'clear'],
  [
    'accuracy falls by fifteen points',
    'accuracy',
    times(4, confusion(150, 50)),
    times(20, confusion(180, 20)),
    'breach',
  ],
  ['accuracy rises', 'accuracy', times(4, confusion(198, 2)), times(20, confusion(180, 20)), 'clear'],
  ['the error stays', 'mae', times(4, residuals(200, 1, 2)), times(20, residuals(200, 1)), 'clear'],
  [
    'the error is half as large again',
    'mae',
    times(4, residuals(200, 1.5, 2)),
    times(20, residuals(200, 1)),
    'breach',
  ],
  ['AUC stays', 'roc_auc', times(4, scores(100, 1.5, 7)), goodAuc, 'clear'],
  ['AUC falls to chance', 'roc_auc', times(4, scores(100, 0, 7)), goodAuc, 'breach'],
])('%s', (_name, metric, hours, baseline, verdict) => {
  expect(judge(metric, hours, baseline)).toMatchObject({ verdict, status: 'ok' });
});

test('values: accuracy 0.9, mean absolute error σ·√(2/π), AUC Φ(d/√2)', () => {
  expect(judge('accuracy', times(4, confusion(180, 20)), null).value).toBeCloseTo(0.9, 12);
  expect(judge('mae', [residuals(50_000, 2)], null).value).toBeCloseTo(2 * Math.sqrt(2 / Math.PI), 1);
  expect(judge('roc_auc', [scores(20_000, 1.5)], null).value).toBeCloseTo(0.8556, 2);
});

test('few labels, one class, none at all: a reason', () => {
  expect(judge('accuracy', [confusion(20, 2)], null)).toMatchObject({
    verdict: 'not_enough_data',
    reason: 'too_few_labels',
  });
  expect(judge('accuracy', [confusion(500, 2), {}], null)).toMatchObject({
    verdict: 'no_data',
    reason: 'no_labels',
  });
  const oneClass = { ...scores(300, 1), '_score|yes': numericProfile([], SCORES) };
  expect(judge('roc_auc', [oneClass], null)).toMatchObject({
    verdict: 'not_enough_data',
    reason: 'single_class',
  });
  expect(judge('accuracy', [confusion(500, 2)], null)).toMatchObject({
    verdict: 'not_enough_data',
    reason: 'no_baseline',
    status: 'ok',
  });
});

test('labels that are not mature are late, not bad', () => {
  const hours = times(4, confusion(10, 190));
  expect(judge('accuracy', hours, times(20, confusion(180, 20)), 3)).toMatchObject({
    verdict: 'late',
    reason: 'labels_not_mature',
    value: null,
  });
});

test('an area that merely fell to chance is not said to rank upside down; one far below is', () => {
  const told = (value: number) =>
    performance.phrase({ metric: 'roc_auc', columns: '', value, baseline: 0.9 });
  expect(told(0.491)).toBe('ROC AUC fell to 0.491 (reference 0.9)');
  expect(told(0.229)).toMatch(/fell to 0.229 \(reference 0.9\): scores rank upside down$/);
});

test('a bias is a loss on either side of zero, as a share of the size of errors', () => {
  const hour = (bias: number, seed: number): Hour => {
    const errors = normal(400, bias, 1, seed);
    return {
      _residual: numericProfile(errors, SCORES),
      _absolute_residual: numericProfile(errors.map(Math.abs), SCORES),
    };
  };
  const judged = (bias: number) =>
    judge('bias', [1, 2, 3, 4].map((seed) => hour(bias, seed)), [5, 6, 7].map((seed) => hour(0, seed))); // biome-ignore format: one line
  expect(judged(0)).toMatchObject({ verdict: 'clear' });
  for (const bias of [-0.6, 0.6]) {
    const found = judged(bias);
    expect(found).toMatchObject({ verdict: 'breach', value: expect.closeTo(bias, 0) });
    expect(Math.sign(found.threshold!)).toBe(Math.sign(bias));
  }
});
