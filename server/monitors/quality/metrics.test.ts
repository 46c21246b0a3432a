import { expect, test } from 'vitest';
import { expectClose } from '../../../stats/close.testing.ts';
import fixture from '../../../stats/fixtures/performance.json' with { type: 'json' };
import { cellProbability } from '../../../stats/performance/score-cells.ts';
import { grid } from '../../../stats/performance/scores.testing.ts';
import { categoricalProfile, numericProfile } from '../../profiles/compute.ts';
import { CONFUSION_SEPARATOR, type Profile } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { Quality, QualityRecipe } from '../subject.ts';
import { qualityRecipe } from './choose.ts';
import { QUALITY_METRICS } from './index.ts';

type Bucket = ReadonlyMap<string, Profile>;
const BUCKETS = 7;

/** Every seventh row, so that what adds up over buckets is tested, not what one holds. */
const parted = <T>(rows: readonly T[]) =>
  Array.from({ length: BUCKETS }, (_, bucket) => rows.filter((_, i) => i % BUCKETS === bucket));
const repeated = <T>(value: T, times: number): T[] => new Array(times).fill(value);

const scored = fixture.binary.scores.flatMap(([cell, label, count]) =>
  repeated({ label: label!, score: cellProbability(cell!, grid) }, count!),
);
const { tp, fp, fn, tn } = fixture.binary.counts;
const answered = [
  ...repeated('yes\u001fyes', tp),
  ...repeated('no\u001fyes', fp),
  ...repeated('yes\u001fno', fn),
  ...repeated('no\u001fno', tn),
];
const scores = (rows: typeof scored, label: number) =>
  numericProfile(
    rows.filter((row) => row.label === label).map(({ score }) => score),
    grid,
  );
const answers = parted(answered);
const classes: Bucket[] = parted(scored).map(
  (rows, i) =>
    new Map([
      ['_score|yes', scores(rows, 1)],
      ['_score|no', scores(rows, 0)],
      ['_confusion', categoricalProfile(answers[i]!)],
    ]),
);
const { labels, residuals } = fixture.regression;
const errorGrid = { center: -6, scale: 9 };
const labelGrid = { center: 60, scale: 40 };
const numbers: Bucket[] = parted(labels.map((label, i) => ({ label, residual: residuals[i]! }))).map(
  (rows) =>
    new Map([
      ['_label', numericProfile(rows.map(({ label }) => label), labelGrid)], // biome-ignore format: one line
      ['_absolute_residual', numericProfile(rows.map(({ residual }) => Math.abs(residual)), errorGrid)], // biome-ignore format: one line
      ['_residual', numericProfile(rows.map(({ residual }) => residual), errorGrid)], // biome-ignore format: one line
      ['_percentage_error', numericProfile(rows.map(({ label, residual }) => Math.abs(residual / label)), null)], // biome-ignore format: one line
    ]),
);

function over(buckets: readonly Bucket[], task: LabelledModel['task'], metric: string): Quality {
  const recipe = qualityRecipe(
    {
      ...{
        task,
        positive: 'yes',
        waiting: 0,
        impact: null,
        known: new Set([...buckets[0]!.keys(), '_label']),
        classes: ['emu', 'fox', 'cat', 'dog'],
      },
      grids: new Map([
        ['_score', grid],
        ['_residual', errorGrid],
        ['_label', labelGrid],
      ]),
    },
    metric,
  ) as QualityRecipe;
  const sums = new Float64Array(recipe.width);
  for (const bucket of buckets) recipe.add(bucket, sums);
  return recipe.quality([...sums]);
}

const EXPECTED = {
  accuracy: fixture.binary.accuracy,
  balanced_accuracy: fixture.binary.balancedAccuracy,
  precision: fixture.binary.precision,
  recall: fixture.binary.recall,
  f1: fixture.binary.f1,
  mcc: fixture.binary.mcc,
  pr_auc: fixture.binary.prAuc,
  log_loss: fixture.binary.logLoss,
  brier: fixture.binary.brier,
  ece: fixture.binary.ece,
};

test.each(Object.entries(EXPECTED))('scikit-learn, over seven buckets: %s', (metric, expected) => {
  const found = over(classes, 'binary', metric);
  if ('reason' in found) throw new Error(found.reason);
  expectClose(found.value, expected, 1e-9);
  expect(found.n).toBe(1500);
  expect(found.low).toBeLessThan(found.value);
  expect(found.high).toBeGreaterThan(found.value);
});

test('scikit-learn, within what joining four cells of the scores costs: roc_auc', () => {
  const found = over(classes, 'binary', 'roc_auc');
  if ('reason' in found) throw new Error(found.reason);
  expect(Math.abs(found.value - fixture.binary.rocAuc)).toBeLessThan(0.001);
});

test.each([
  ['mae', fixture.regression.mae],
  ['rmse', fixture.regression.rmse],
  ['r2', fixture.regression.r2],
  ['bias', fixture.regression.bias],
])('scikit-learn, over seven buckets: %s', (metric, expected) => {
  const found = over(numbers, 'regression', metric);
  if ('reason' in found) throw new Error(found.reason);
  expectClose(found.value, expected, 1e-9);
  expect(found).toMatchObject({ n: 600 });
  expect(found.high - found.low).toBeGreaterThan(0);
});

const several: Bucket[] = parted(
  fixture.multiclass.cells.flatMap(({ actual, predicted, count }) =>
    repeated(`${actual}${CONFUSION_SEPARATOR}${predicted}`, count),
  ),
).map((pairs) => new Map([['_confusion', categoricalProfile(pairs)]]));

test.each([
  ['accuracy', fixture.multiclass.accuracy],
  ['macro_f1', fixture.multiclass.macroF1],
  ['macro_recall', fixture.multiclass.macroRecall],
  ['balanced_accuracy', fixture.multiclass.macroRecall],
  ['macro_precision', fixture.multiclass.macroPrecision],
])('scikit-learn, several classes over seven buckets: %s', (metric, expected) => {
  const found = over(several, 'multiclass', metric);
  if ('reason' in found) throw new Error(found.reason);
  expectClose(found.value, expected, 1e-9);
  expect(found.low).toBeLessThan(found.value);
  expect(found.high).toBeGreaterThan(found.value);
});

test('a class that is not known shares a place, where two others are no right answer', () => {
  const pairs = ['cat\u001fcat', 'cat\u001fyak', 'yak\u001fgnu', 'gnu\u001fgnu'];
  const found = over([new Map([['_confusion', categoricalProfile(pairs)]])], 'multiclass', 'macro_recall');
  // Of two cats one is found; of the others, which are one class, what was rightly told is.
  expect(found).toMatchObject({ value: 0.75, n: 3 });
  const recipe = qualityRecipe(
    {
      ...{ task: 'multiclass', positive: null, waiting: 0, impact: null, grids: new Map() },
      ...{ known: new Set(['_confusion', '_label']), classes: Array.from({ length: 33 }, (_, i) => `c${i}`) },
    },
    'macro_f1',
  );
  expect(recipe).toEqual({ reason: 'too_many_classes' });
});

test('shares of the label: as counted from the rows, and a named reason where every label is 0', () => {
  const found = over(numbers, 'regression', 'mape');
  const shares = labels.map((label, i) => Math.abs(residuals[i]! / label));
  if ('reason' in found) throw new Error(found.reason);
  expectClose(found.value, shares.reduce((sum, share) => sum + share, 0) / shares.length, 1e-9);
  const zeros = new Map(numbers[0]).set('_percentage_error', numericProfile([], null));
  expect(over([zeros], 'regression', 'mape')).toEqual({ reason: 'undefined_ratio', n: 0 });
});

test('the best tenth holds more positives than a tenth of all', () => {
  const found = over(classes, 'binary', 'lift');
  if ('reason' in found) throw new Error(found.reason);
  const best = scored.toSorted((a, b) => b.score - a.score).slice(0, 150);
  const base = scored.filter(({ label }) => label === 1).length / scored.length;
  expect(found.value).toBeCloseTo(best.filter(({ label }) => label === 1).length / 150 / base, 1);
});

test('a metric of another task, or of what is not there, is a named reason', () => {
  const one: Bucket[] = [new Map([['_confusion', categoricalProfile(['no\u001fno', 'no\u001fno'])]])];
  expect(over(one, 'binary', 'recall')).toEqual({ reason: 'undefined_ratio', n: 2 });
  const wide = new Map(classes[0]).set('_score|yes', numericProfile([0.5, 7], grid));
  expect(over([wide], 'binary', 'log_loss')).toMatchObject({ reason: 'scores_not_probabilities' });
  expect(over([wide], 'binary', 'roc_auc')).toHaveProperty('value');
  const constant = new Map(numbers[0]).set('_label', numericProfile([3, 3, 3], null));
  expect(over([constant], 'regression', 'r2')).toMatchObject({ reason: 'constant' });
});

test('each metric knows its tasks, and no two have one name', () => {
  expect(new Set(QUALITY_METRICS.map(({ meta }) => meta.id)).size).toBe(QUALITY_METRICS.length);
  expect(QUALITY_METRICS.every(({ tasks }) => tasks.length > 0)).toBe(true);
  expect(CONFUSION_SEPARATOR).toBe('\u001f');
});
