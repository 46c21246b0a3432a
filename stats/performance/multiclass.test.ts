import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import { balancedAccuracy } from './binary.ts';
import { macroF1, macroPrecision, macroRecall, multiclassAccuracy } from './multiclass.ts';

test.each([
  ['accuracy', multiclassAccuracy],
  ['macroF1', macroF1],
  ['macroRecall', macroRecall],
  ['macroPrecision', macroPrecision],
] as const)('scikit-learn: %s', (name, metric) => {
  const { cells } = fixture.multiclass;
  const result = metric(cells);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, fixture.multiclass[name], 1e-12);
  expect(result.high - result.low).toBeGreaterThan(0.02);
  expect(result.high - result.low).toBeLessThan(0.2);
  const perfect = metric(cells.filter((cell) => cell.actual === cell.predicted));
  expect(perfect).toMatchObject({ value: 1, high: 1 });
  expect(metric([])).toEqual({ reason: 'not_enough_data' });
});

test('of two classes macro recall is balanced accuracy, its interval too', () => {
  const cells = [
    { actual: 'a', predicted: 'a', count: 80 },
    { actual: 'a', predicted: 'b', count: 20 },
    { actual: 'b', predicted: 'b', count: 30 },
    { actual: 'b', predicted: 'a', count: 20 },
  ];
  const [found, expected] = [macroRecall(cells), balancedAccuracy({ tp: 80, fn: 20, tn: 30, fp: 20 })];
  if ('reason' in found || 'reason' in expected) throw new Error('no value');
  expect(found.value).toBeCloseTo(expected.value, 12);
  expect(found.low).toBeCloseTo(expected.low, 12);
  expect(found.high).toBeCloseTo(expected.high, 12);
});

test('a label that few rows have is not certain because all of them were right', () => {
  const cells = [
    { actual: 'often', predicted: 'often', count: 290 },
    { actual: 'rare', predicted: 'rare', count: 2 },
  ];
  for (const metric of [macroF1, macroRecall, macroPrecision]) {
    const found = metric(cells);
    // Two of two: as little as 34 % (Wilson), an F1 of a half.
    expect('low' in found && found.low).toBeLessThan(0.8);
  }
});

test('cells without a count change nothing, also of labels that never occur', () => {
  const cells = [
    { actual: 'a', predicted: 'a', count: 5 },
    { actual: 'b', predicted: 'a', count: 2 },
  ];
  const empty = [...cells, { actual: 'c', predicted: 'd', count: 0 }];
  for (const metric of [multiclassAccuracy, macroF1, macroRecall, macroPrecision])
    expect(metric(empty)).toEqual(metric(cells));
});

test('the precision of a label that was never predicted may be anything', () => {
  const cells = [
    { actual: 'a', predicted: 'a', count: 800 },
    { actual: 'b', predicted: 'a', count: 200 },
  ];
  const found = macroPrecision(cells);
  if (!('value' in found)) throw new Error(found.reason);
  expect(found.value).toBeCloseTo(0.8, 12);
  expect(found.low).toBeLessThan(0.4);
  expect(found.high).toBeGreaterThan(0.9);
});
