import { expect, test } from 'vitest';
import { estimateWithin } from '../calibration/cbpe-intervals.ts';
import { type Random, random, randomNormal } from '../random.ts';
import { estimateCells, excessVariance, learnCells, unsupported } from './cell-estimate.ts';
import { CELL_METRICS, type ClassCells, cellMetric } from './cell-metrics.ts';

const CELLS = 100;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Rows whose scores promise more than they keep, by hundredths of the score. */
function drawn(n: number, next: Random, { mean = 0, sharp = 1 } = {}): ClassCells {
  const sides = [new Float64Array(CELLS), new Float64Array(CELLS)] as const;
  for (let i = 0; i < n; i++) {
    const x = mean + 1.5 * randomNormal(next);
    const cell = Math.min(CELLS - 1, Math.floor(CELLS * sigmoid(2 * x)));
    sides[next() < sigmoid(sharp * x) ? 0 : 1][cell]! += 1;
  }
  return { positive: sides[0], negative: sides[1], threshold: 50 };
}
const rowsOf = ({ positive, negative }: ClassCells) =>
  Float64Array.from(positive, (n, cell) => n + negative[cell]!);

function learned(cells: ClassCells) {
  const found = learnCells(cells);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

test('95 % intervals hold what labels then show, though the scores have moved', { timeout: 30_000 }, () => {
  const next = random(3);
  const RUNS = 400;
  for (const metric of CELL_METRICS) {
    let held = 0;
    for (let run = 0; run < RUNS; run++) {
      const current = drawn(600, next, { mean: 0.4 });
      const found = estimateCells(metric, learned(drawn(800, next)), rowsOf(current));
      const truth = cellMetric(metric, current);
      if (!('value' in found) || !('value' in truth)) throw new Error(metric);
      if (found.low <= truth.value && truth.value <= found.high) held++;
    }
    expect(held / RUNS, metric).toBeGreaterThan(0.9);
    expect(held / RUNS, metric).toBeLessThan(0.99);
  }
});

test('the bootstrap of the same rows gives the same values and intervals nearly as wide', () => {
  const next = random(8);
  const [reference, current] = [drawn(2_000, next), drawn(1_000, next)];
  const groups = [...rowsOf(reference)].map((n, cell) => ({
    score: (cell + 0.5) / CELLS,
    n,
    positive: reference.positive[cell]!,
  }));
  const scores = [...rowsOf(current)].map((n, cell) => ({ score: (cell + 0.5) / CELLS, n }));
  const drawnAgain = estimateWithin(groups, scores, { random: random(1), rounds: 400 });
  for (const [metric, name] of [
    ['roc_auc', 'rocAuc'],
    ['accuracy', 'accuracy'],
    ['f1', 'f1'],
  ] as const) {
    const [ours, theirs] = [estimateCells(metric, learned(reference), rowsOf(current)), drawnAgain[name]];
    if (!('value' in ours) || !('value' in theirs)) throw new Error(metric);
    expect(ours.value).toBeCloseTo(theirs.value, 3);
    const ratio = (ours.high - ours.low) / (theirs.high - theirs.low);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  }
});

test('estimates that were wrong make the next ones wider, those that were right do not', () => {
  const next = random(5);
  const map = learned(drawn(3_000, next));
  const checked = (sharp: number) =>
    Array.from({ length: 4 }, () => {
      const cells = drawn(1_000, next, { sharp });
      const estimate = estimateCells('accuracy', map, rowsOf(cells));
      const truth = cellMetric('accuracy', cells);
      if (!('value' in estimate) || !('value' in truth)) throw new Error('accuracy');
      return { estimate, truth: truth.value };
    });
  expect(Math.sqrt(excessVariance(checked(1)))).toBeLessThan(0.012);
  const wrong = excessVariance(checked(0.3));
  expect(Math.sqrt(wrong)).toBeGreaterThan(0.08);
  const counts = rowsOf(drawn(1_000, next));
  const [plain, wide] = [
    estimateCells('accuracy', map, counts),
    estimateCells('accuracy', map, counts, wrong),
  ];
  if (!('value' in plain) || !('value' in wide)) throw new Error('accuracy');
  expect(wide.high - wide.low).toBeGreaterThan(2 * (plain.high - plain.low));
  expect(excessVariance([])).toBe(0);
});

test('too few rows or one class teach nothing; no rows have no estimate', () => {
  const none = new Float64Array(CELLS);
  const few = drawn(50, random(1));
  expect(learnCells(few)).toEqual({ reason: 'not_enough_data' });
  expect(learnCells({ ...drawn(500, random(1)), positive: none })).toEqual({ reason: 'single_class' });
  expect(estimateCells('roc_auc', learned(drawn(500, random(1))), none)).toEqual({
    reason: 'not_enough_data',
  });
});

test('rows beyond what was labelled are counted', () => {
  expect(unsupported([0, 0, 5, 5], [9, 0, 0, 0])).toBe(1);
  expect(unsupported([5, 5, 0, 0], [9, 0, 0, 0])).toBe(0);
  expect(unsupported([0, 0], [0, 0])).toBe(0);
});
