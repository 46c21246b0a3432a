import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
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

test('the delta interval has the width of repeated sampling', () => {
  // Two classes: macro recall has the known variance Σ r(1 − r)/n / 4.
  const cells = [
    { actual: 'a', predicted: 'a', count: 80 },
    { actual: 'a', predicted: 'b', count: 20 },
    { actual: 'b', predicted: 'b', count: 30 },
    { actual: 'b', predicted: 'a', count: 20 },
  ];
  const result = macroRecall(cells);
  const deviation = Math.sqrt((0.8 * 0.2) / 100 + (0.6 * 0.4) / 50) / 2;
  expect('value' in result && result.high - result.value).toBeCloseTo(1.959963984540054 * deviation, 10);
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
