import { expect, test } from 'vitest';
import fixture from '../fixtures/library.json' with { type: 'json' };
import { bestCalibration, calibrated } from './calibrate.ts';

test('scores that overstate get a map that brings them down', () => {
  const map = bestCalibration(fixture.calibration.groups);
  expect(map.kind).not.toBe('none');
  expect(calibrated(map, 0.5)).toBeCloseTo(0.25, 1);
});

test('calibrated scores are left alone, and so is too little data', () => {
  const right = Array.from({ length: 99 }, (_, i) => (i + 1) / 100).map((score) => ({
    score,
    n: 1000,
    positive: Math.round(1000 * score),
  }));
  expect(calibrated(bestCalibration(right), 0.37)).toBeCloseTo(0.37, 2);
  expect(bestCalibration([{ score: 0.5, n: 50, positive: 10 }])).toEqual({ kind: 'none' });
  expect(bestCalibration([{ score: 0.5, n: 500, positive: 0 }])).toEqual({ kind: 'none' });
});
