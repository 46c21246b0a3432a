import { expect, test } from 'vitest';
import { type Axis, axisOf, cellEdge, cellOf, HALF } from './axis.ts';

/** Quantiles as a survey has them, of a sample that is sorted already. */
function quantiles(sorted: readonly number[]): number[] {
  return [0.0005, 0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995, 0.9995].map(
    (p) => sorted[Math.round(p * (sorted.length - 1))]!,
  );
}

function axisOfSample(sample: readonly number[]): Axis {
  const sorted = [...sample].sort((a, b) => a - b);
  return axisOf(quantiles(sorted), sorted[0]!, sorted.at(-1)!, sorted.every(Number.isInteger));
}

const bell = Array.from({ length: 2001 }, (_, i) => 50 + 10 * Math.atanh((i - 1000) / 1001));

test('whole numbers of a small range have a cell each', () => {
  const axis = axisOfSample(Array.from({ length: 300 }, (_, i) => i + 40));
  expect(axis).toMatchObject({ kind: 'linear', step: 1, whole: true });
  expect(cellEdge(cellOf(77, axis), axis)).toBe(77);
  expect(cellOf(77, axis)).not.toBe(cellOf(78, axis));
});

test.each([
  ['bell-shaped', bell, 'linear'],
  ['log-normal', bell.map((x) => Math.exp((x - 50) / 5)), 'asinh'],
  ['one value', [3.25], 'linear'],
  ['zeros', [0, 0, 0], 'linear'],
  ['huge', [1e300, 2e300, 3e300], 'linear'],
  ['tiny', [1e-300, 2e-300], 'linear'],
] as const)('%s numbers: %s axis, every value in its cell', (_, sample, kind) => {
  const axis = axisOfSample(sample);
  expect(axis.kind).toBe(kind);
  expect(axis.step).toBeGreaterThan(0);
  for (const x of sample) {
    const cell = cellOf(x, axis);
    if (cell === -HALF || cell === HALF - 1) continue;
    const slack = 1e-9 * Math.max(Math.abs(x), axis.step);
    expect(cellEdge(cell, axis)).toBeLessThanOrEqual(x + slack);
    expect(cellEdge(cell + 1, axis)).toBeGreaterThanOrEqual(x - slack);
  }
});

test('two samples of one column have the same axis', () => {
  const every = (k: number) => bell.filter((_, i) => i % k === 1);
  expect(axisOfSample(every(7))).toEqual(axisOfSample(every(11)));
});

test('what lies beyond the axis is in its end cells', () => {
  const axis = axisOfSample(bell);
  expect(cellOf(1e9, axis)).toBe(HALF - 1);
  expect(cellOf(-1e9, axis)).toBe(-HALF);
});
