import { expect, test } from 'vitest';
import { type LearnedCells, learnCells } from './cell-estimate.ts';
import { byAnswer, estimateClasses, metricOfClasses } from './class-estimate.ts';

/** Two cells: a fifth of the lower one is of the class, four fifths of the upper one. */
const LEARNED = learnCells({ positive: [200, 800], negative: [800, 200], threshold: 0 }) as LearnedCells;

test('by hand: each class against the rest, averaged', () => {
  // 100 rows of each cell: 100 of the class; those answered with it are 20 of the lower cell and 90 of the upper.
  const learned = byAnswer(LEARNED);
  const counts = [80, 10, 20, 90];
  const one = { learned, counts };
  const hits = 20 * learned.chance[0]! + 90 * learned.chance[1]!;
  const all = 100 * (learned.chance[0]! + learned.chance[1]!);
  for (const [metric, value] of [
    ['macro_precision', hits / 110],
    ['macro_recall', hits / all],
    ['macro_f1', (2 * hits) / (110 + all)],
  ] as const) {
    const found = estimateClasses(metric, [one, one]);
    expect('value' in found && found.value).toBeCloseTo(value, 12);
    expect('value' in found && found.low < value && found.high > value).toBe(true);
  }
});

test('the interval holds classes that err together, and what estimates have been wrong by', () => {
  const one = { learned: LEARNED, counts: [100, 100] };
  const width = (found: ReturnType<typeof estimateClasses>) =>
    'value' in found ? found.high - found.low : 0;
  const single = width(estimateClasses('roc_auc', [one]));
  expect(width(estimateClasses('roc_auc', [one, one]))).toBeCloseTo(single, 12);
  expect(width(estimateClasses('roc_auc', [one], 0.001))).toBeGreaterThan(single);
});

test('of three classes that err by as much the variance is a third more than of three apart; one that errs most counts about once', () => {
  const [much, little] = [{ learned: LEARNED, counts: [100, 100] }, { learned: LEARNED, counts: [1e6, 1e6] }]; // biome-ignore format: two classes
  const variance = (...classes: (typeof much)[]) => {
    const found = estimateClasses('roc_auc', classes);
    return 'value' in found ? found.variance : Number.NaN;
  };
  const alone = variance(much);
  expect(variance(much, much, much)).toBeCloseTo(((4 / 3) * alone) / 3, 12);
  const other = variance(little);
  const apart = alone + 2 * other;
  const asOne = (Math.sqrt(alone) + 2 * Math.sqrt(other)) ** 2;
  expect(variance(much, little, little)).toBeCloseTo((apart + (asOne - apart) / 6) / 9, 12);
  expect(variance(much, little, little)).toBeLessThan(((4 / 3) * apart) / 9);
});

test('a class without a value is left out; where none has one there is a reason', () => {
  const nothing = { positive: [0, 0], negative: [5, 5], threshold: 0 };
  const half = { positive: [5, 5], negative: [5, 5], threshold: 0 };
  expect(metricOfClasses('roc_auc', [nothing, half])).toEqual({ value: 0.5 });
  expect(metricOfClasses('roc_auc', [nothing])).toEqual({ reason: 'single_class' });
  expect(metricOfClasses('roc_auc', [])).toEqual({ reason: 'not_enough_data' });
  expect(estimateClasses('macro_f1', [{ learned: byAnswer(LEARNED), counts: [0, 0, 0, 0] }])).toEqual({
    reason: 'not_enough_data',
  });
});
