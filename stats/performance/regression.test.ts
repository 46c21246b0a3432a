import { expect, test } from 'vitest';
import { gridOf } from '../asinh-grid.ts';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import { countsOf } from '../sample.testing.ts';
import { bias, mae, mse, powersOf, r2, rmse, squaresOf } from './regression.ts';

function sums(values: readonly number[]) {
  return {
    n: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    sum2: values.reduce((a, b) => a + b * b, 0),
  };
}

const { labels, residuals: errors } = fixture.regression;
const grid = gridOf(errors);
const labelGrid = gridOf(labels);
const labelled = { ...sums(labels), powers: powersOf(countsOf(labels, labelGrid).grid, labelGrid) };
const apart = { n: 0, byLabel: 0, byLabelSquared: 0 };
const residuals = { ...sums(errors), counts: countsOf(errors, grid).grid, grid };

test.each([
  ['mae', mae(sums(errors.map(Math.abs)))],
  ['mse', mse(residuals)],
  ['rmse', rmse(residuals)],
  ['r2', r2(squaresOf(residuals), labelled, apart)],
  ['bias', bias(residuals)],
] as const)('scikit-learn: %s', (name, result) => {
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, fixture.regression[name], 1e-9);
  expect(result.low).toBeLessThan(result.value);
  expect(result.high).toBeGreaterThan(result.value);
});

test('the interval of the mean squared error is that of the squares themselves, within 2 %', () => {
  const exact = mae(sums(errors.map((e) => e * e)));
  const fromGrid = mse(residuals);
  if (!('value' in exact) || !('value' in fromGrid)) throw new Error('no value');
  expectClose(fromGrid.high - fromGrid.low, exact.high - exact.low, 0.02);
});

test('edge cases', () => {
  const none = { n: 0, sum: 0, sum2: 0 };
  const empty = { ...none, counts: new Map(), grid };
  for (const result of [
    mae(none),
    bias(none),
    mse(empty),
    rmse(empty),
    r2(squaresOf(empty), { ...none, powers: [] }, apart),
    r2(squaresOf(residuals), { ...none, powers: [] }, apart),
  ]) {
    expect(result).toEqual({ reason: 'not_enough_data' });
  }
  const same = { n: 3, sum: 6, sum2: 12, powers: [3, 0, 0, 0, 0] };
  expect(r2(squaresOf(residuals), same, apart)).toEqual({ reason: 'constant' });
  const exact = { n: 5, sum: 0, sum2: 0, counts: new Map([[0, 5]]), grid };
  expect(rmse(exact)).toEqual({ value: 0, low: 0, high: 0 });
});
