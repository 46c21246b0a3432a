import { expect, test } from 'vitest';
import { latticeStep, offLattice } from './lattice.ts';

test.each([
  [[30, 60, 90, 150, 300, 0], 30],
  [[-30, 60, 90, 150, 300], 30],
  [[1, 2, 3, 5, 8], 1],
  [[0.5, 1, 2.5, 3, 4], 0.5],
  [[19.99, 4.5, 7, 12.25, 3.01], 0.01],
  [[0.07, 0.21, 0.14, 0.35, 0.49], 0.07],
  [[30, 60, 90], null],
  [[Math.PI, Math.E, Math.SQRT2, Math.LN2, Math.LN10], null],
  [[1e300, 2e300, 3e300, 5e300, 7e300], null],
])('the step of %j', (values, step) => {
  if (step === null) expect(latticeStep(values)).toBeNull();
  else expect(latticeStep(values)).toBeCloseTo(step, 12);
});

test('values off the step; what is not finite is neither', () => {
  expect(offLattice([30, 45, 60, 61, -90, 0, Number.NaN, Infinity], 30)).toBe(2);
  expect(offLattice([0.07, 0.14, 0.15, 700.07], 0.07)).toBe(1);
});
