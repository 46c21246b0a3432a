import { expect, test } from 'vitest';
import { rowBrier, rowCalibrationCurve, rowEce, rowLogLoss } from './scored-row-loss.ts';

test('sure and wrong is finite; scores that are no probabilities are left out', () => {
  expect(rowLogLoss({ label: [1, 1], score: [0, 0] })).toMatchObject({
    value: expect.closeTo(52 * Math.LN2, 9),
  });
  expect(rowBrier({ label: [1, 0, 1], score: [0.5, 0.5, 7] })).toMatchObject({ value: 0.25 });
  expect(rowLogLoss({ label: [], score: [] })).toEqual({ reason: 'not_enough_data' });
});

test('calibration on equally wide bins', () => {
  const rows = { label: [1, 0, 1, 1], score: [0.05, 0.05, 0.95, 1] };
  expect(rowCalibrationCurve(rows)).toEqual([
    { predicted: 0.05, observed: 0.5, n: 2 },
    { predicted: 0.975, observed: 1, n: 2 },
  ]);
  expect(rowEce(rows)).toMatchObject({ value: expect.closeTo(0.2375, 12) });
  expect(rowEce({ label: [], score: [] })).toEqual({ reason: 'not_enough_data' });
});
