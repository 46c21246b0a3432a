import { expect, test } from 'vitest';
import { calibrated } from './calibrated.ts';

const STEPS = Array.from({ length: 20 }, (_, i) => i / 20);

test('confidence rises with what an explanation is worth, falls with its rival, and is a chance', () => {
  for (const a of STEPS)
    for (const b of STEPS) {
      const given = calibrated(a, b);
      expect(given).toBeGreaterThanOrEqual(0);
      expect(given).toBeLessThanOrEqual(1);
      expect(calibrated(a + 0.04, b)).toBeGreaterThan(given);
      expect(calibrated(a, b + 0.04)).toBeLessThanOrEqual(given);
    }
});

test('two that explain the same are not both likely; a plain one without a rival is', () => {
  for (const a of STEPS)
    for (const b of STEPS)
      expect(calibrated(a, b) + calibrated(b, a) - 1).toBeLessThanOrEqual(b === 0 || a === 0 ? 1 : 1e-9);
  expect(calibrated(0.86, 0.85)).toBeLessThan(0.65);
  expect(calibrated(0.93, 0.54)).toBeGreaterThan(0.95);
  expect(calibrated(0.5, 0)).toBeLessThan(0.8);
});
