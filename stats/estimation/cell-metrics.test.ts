import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import { f1, precision, recall } from '../performance/binary.ts';
import { rocAuc } from '../performance/roc-auc.ts';
import { random } from '../random.ts';
import { CELL_METRICS, cellInfluence, cellMetric } from './cell-metrics.ts';

/** Cells with random counts of both classes. */
function drawn(seed: number, cells = 12) {
  const next = random(seed);
  const counts = () => Float64Array.from({ length: cells }, () => 1 + Math.floor(20 * next()));
  return { positive: counts(), negative: counts(), threshold: 5 };
}

test('whole counts give the metrics that realised rows do', () => {
  const cells = drawn(1);
  const sides = [cells.positive, cells.negative].map((side) => new Map([...side].entries()));
  const sum = (side: Float64Array, from: number, to: number) =>
    side.slice(from, to).reduce((a, b) => a + b, 0);
  const counts = {
    ...{ tp: sum(cells.positive, 5, 12), fp: sum(cells.negative, 5, 12) },
    ...{ fn: sum(cells.positive, 0, 5), tn: sum(cells.negative, 0, 5) },
  };
  const value = (outcome: unknown) => (outcome as { value: number }).value;
  expectClose(
    value(cellMetric('roc_auc', cells)),
    value(rocAuc({ positive: sides[0]!, negative: sides[1]! })),
    1e-12,
  );
  expectClose(value(cellMetric('precision', cells)), value(precision(counts)), 1e-12);
  expectClose(value(cellMetric('recall', cells)), value(recall(counts)), 1e-12);
  expectClose(value(cellMetric('f1', cells)), value(f1(counts)), 1e-12);
  const rows = counts.tp + counts.fp + counts.fn + counts.tn;
  expectClose(value(cellMetric('accuracy', cells)), (counts.tp + counts.tn) / rows, 1e-12);
});

test.each(CELL_METRICS)('%s: its influence is its derivative', (metric) => {
  const cells = drawn(2);
  const influence = cellInfluence(metric, cells);
  const value = (outcome: unknown) => (outcome as { value: number }).value;
  for (let cell = 0; cell < 12; cell++) {
    const moved = (by: number) => {
      const [positive, negative] = [cells.positive.slice(), cells.negative.slice()];
      positive[cell]! += by;
      negative[cell]! -= by;
      return value(cellMetric(metric, { ...cells, positive, negative }));
    };
    expect(influence[cell]!).toBeCloseTo((moved(1e-4) - moved(-1e-4)) / 2e-4, 7);
  }
});

test.each([
  ['no rows', [0, 0], [0, 0], 'accuracy', 'not_enough_data'],
  ['one class', [2, 3], [0, 0], 'roc_auc', 'single_class'],
  ['nothing is answered positive', [2, 0], [3, 0], 'precision', 'undefined_ratio'],
] as const)('%s: a named reason, and no influence', (_name, positive, negative, metric, reason) => {
  const cells = { positive, negative, threshold: 1 };
  expect(cellMetric(metric, cells)).toEqual({ reason });
  expect([...cellInfluence(metric, cells)]).toEqual([0, 0]);
});
