import { expect, test } from 'vitest';
import { mape, smape } from './percentage-error.ts';

test('labels of 0', () => {
  expect(mape({ label: [0, 10, 20], prediction: [5, 11, 18] })).toMatchObject({
    value: expect.closeTo(0.1, 12),
  });
  expect(mape({ label: [0, 0], prediction: [1, 2] })).toEqual({ reason: 'undefined_ratio' });
  expect(mape({ label: [], prediction: [] })).toEqual({ reason: 'not_enough_data' });
  expect(mape({ label: [5e-324, 1], prediction: [1e300, 1] })).toEqual({ reason: 'not_finite' });
});

test('symmetric: both 0, opposite signs, huge numbers', () => {
  expect(smape({ label: [0, 0], prediction: [0, 0] })).toEqual({ value: 0, low: 0, high: 0 });
  expect(smape({ label: [1, -2], prediction: [-1, 2] })).toMatchObject({ value: 2 });
  expect(smape({ label: [1e308, 1e308], prediction: [1.7e308, 1e308] })).toMatchObject({
    value: expect.closeTo(0.7 / 2.7, 12),
  });
});
