import { expect, test } from 'vitest';
import { performanceGrid } from './performance.ts';
import { reportOf } from './report.testing.ts';

const metric = (value: number | null) => ({ value });
const performance = (reference: number | null, current: number | null) => ({
  performance: {
    ...reportOf([]).performance,
    intervals: {
      reference: { roc_auc: metric(reference) },
      current: { roc_auc: metric(current) },
      estimated: null,
    },
  },
});

test.each([
  ['fell', 0.812, 0.589, '−0.223'],
  ['rose', 0.5, 0.75, '+0.25'],
  ['stayed', 0.5, 0.5, '0'],
  ['is not known', 0.5, null, ''],
])('a metric that %s', (_, reference, current, change) => {
  const [head, [, , , shown] = []] = performanceGrid(performance(reference, current));
  expect(head).toEqual(['metric', 'reference', 'current', 'change']);
  expect(shown).toBe(change);
});

test('without labels there is no change to tell', () => {
  const estimated = { ...reportOf([]).performance.intervals, estimated: { roc_auc: metric(0.7) } };
  const report = { performance: { ...reportOf([]).performance, intervals: estimated } };
  expect(performanceGrid(report)).toEqual([
    ['metric', 'estimated without labels'],
    ['roc_auc', '0.7'],
  ]);
  expect(performanceGrid(reportOf([]))).toEqual([]);
});
