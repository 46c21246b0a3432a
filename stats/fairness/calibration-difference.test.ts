import { expect, test } from 'vitest';
import fixture from '../fixtures/fairness.json' with { type: 'json' };
import { calibrationDifference } from './calibration-difference.ts';
import type { GroupCalibration } from './group-calibration.ts';

const { f, m } = fixture.calibration;
const group = (name: string, gap: GroupCalibration['gap'], n = 100): GroupCalibration => ({
  group: name,
  n,
  gap,
  error: { reason: 'not_enough_data' },
});

test('the pair furthest apart, its interval from those of both', () => {
  const found = calibrationDifference([
    group('f', f),
    group('m', m),
    group('tiny', { value: 1, low: 0, high: 1 }, 5),
  ]);
  expect(found).toMatchObject({ value: expect.closeTo(m.value - f.value, 12), lowest: 'f', highest: 'm' });
  if (!('value' in found)) throw new Error(found.reason);
  const mover = found.value - Math.hypot(m.value - m.low, f.high - f.value);
  // A little nearer, since no gap lies below 0.
  expect(found.low).toBeGreaterThan(mover);
  expect(found.low).toBeLessThan(mover + 0.001);
  expect(found.high).toBeCloseTo(found.value + Math.hypot(m.high - m.value, f.value - f.low), 12);
});

test('fewer than two groups', () => {
  expect(calibrationDifference([group('f', f), group('x', { reason: 'not_enough_data' })])).toEqual({
    reason: 'not_enough_data',
  });
});
