import fc from 'fast-check';
import { expect, test } from 'vitest';
import { niceScale } from './scale.ts';

test.each([
  [[3, 97], true, { min: 0, max: 100, step: 50 }],
  [[0.31, 0.1], true, { min: 0, max: 0.4, step: 0.2 }],
  [[44, 68], false, { min: 40, max: 80, step: 20 }],
  [[], true, { min: 0, max: 1, step: 0.5 }],
  [[0, 0], true, { min: 0, max: 1, step: 0.5 }],
] as const)('%j', (values, zero, expected) => {
  const scale = niceScale(values, 2, zero);
  expect(scale.min).toBeCloseTo(expected.min, 9);
  expect(scale.max).toBeCloseTo(expected.max, 9);
  expect(scale.step).toBeCloseTo(expected.step, 9);
});

test('holds every finite value', () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.boolean(), (values, zero) => {
      const scale = niceScale(values, 2, zero);
      const slack = (scale.max - scale.min) * 1e-6 + 1e-12;
      for (const one of values) {
        expect(one).toBeGreaterThanOrEqual(scale.min - slack);
        expect(one).toBeLessThanOrEqual(scale.max + slack);
      }
      expect(scale.max).toBeGreaterThan(scale.min);
    }),
  );
});

test.each([-5e-324, 5e-324])('holds %d, which is next to nothing', (value) => {
  for (const zero of [true, false]) {
    const { min, max } = niceScale([value], 2, zero);
    expect(min <= value + 1e-300 && value - 1e-300 <= max && max > min).toBe(true);
  }
});
