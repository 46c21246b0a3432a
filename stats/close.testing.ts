import { expect } from 'vitest';

/** Expects |actual − expected| ≤ tolerance · max(1e-300, |expected|), and names the place when not. */
export function expectClose(actual: number, expected: number, tolerance: number, place = ''): void {
  const error = Math.abs(actual - expected) / Math.max(1e-300, Math.abs(expected));
  expect(
    actual === expected || error <= tolerance,
    `${place}: ${actual} for ${expected}, off by ${error}`,
  ).toBe(true);
}
