import { describe, expect, test } from 'vitest';
import { LIGHT } from '../theme/tokens.ts';
import { type HeatSeries, heatFill, heatState, rankColumns } from './heat.ts';
import type { Point } from './series.ts';

const point = (value: number | null, low: number | null = null): Point => ({
  time: 0,
  value,
  low,
  high: null,
  n: 1,
  status: value === null ? 'not_enough_data' : 'ok',
});
const series = (column: string, importance: number | null, ...values: (number | null)[]): HeatSeries => ({
  column,
  importance,
  threshold: 0.1,
  points: values.map((value) => point(value)),
});

describe('heatState', () => {
  test.each([
    ['no value', point(null), 'none'],
    ['below', point(0.05, 0.01), 'below'],
    ['at the threshold, moved for certain', point(0.1, 0.09), 'small'],
    ['interval reaches below', point(0.15, 0.09), 'unsure'],
    ['whole interval above', point(0.15, 0.11), 'above'],
    ['below, no change 6 errors away', point(0.06, 0.051), 'small'],
    ['below, no change 2 errors away', point(0.06, 0.025), 'below'],
    ['for certain, but nothing worth a word', { ...point(0.008, 0.0075), high: 0.009 }, 'below'],
  ] as const)('%s', (_, one, state) => expect(heatState(one, 0.1)).toBe(state));

  test('without a threshold nothing breaches', () => expect(heatState(point(9), null)).toBe('below'));
});

test('the colours of the legend: what moved for certain stands out below the threshold, failing for the whole interval above, stronger with distance, warning for the value alone', () => {
  const near = heatFill(point(0.11, 0.105), 0.1, LIGHT)!;
  const far = heatFill(point(0.3, 0.28), 0.1, LIGHT)!;
  expect(near.colour).toBe(LIGHT.failing);
  expect(far.opacity).toBeGreaterThan(near.opacity);
  expect(heatFill(point(0.12, 0.09), 0.1, LIGHT)!.colour).toBe(LIGHT.warning);
  expect(heatFill(point(0.02), 0.1, LIGHT)!.colour).toBe(LIGHT.accent);
  const [chance, small] = [heatFill(point(0.09, 0), 0.1, LIGHT)!, heatFill(point(0.05, 0.045), 0.1, LIGHT)!];
  expect(small.colour).toBe(LIGHT.accent);
  expect(small.opacity).toBeGreaterThan(chance.opacity);
  expect(heatFill(point(null), 0.1, LIGHT)).toBeNull();
});

describe('rankColumns', () => {
  test('importance × largest shift decides', () => {
    const ranked = rankColumns([series('a', 0.1, 0.5), series('b', 0.6, 0.2), series('c', 0.3, 0.05, 0.01)]);
    expect(ranked.map((one) => one.column)).toEqual(['b', 'a', 'c']);
  });
  test('unknown importance counts as the mean of the known', () => {
    const ranked = rankColumns([series('a', 0.2, 0.2), series('b', null, 0.3), series('c', 0.4, 0.1)]);
    expect(ranked.map((one) => one.column)).toEqual(['b', 'a', 'c']);
    expect(ranked[0]!.rank).toBeCloseTo(3 * 0.3, 12);
  });
  test('no importance at all: the shift alone; no values: last, by name', () => {
    const ranked = rankColumns([series('z', null, null), series('y', null), series('x', null, 0.01)]);
    expect(ranked.map((one) => one.column)).toEqual(['x', 'y', 'z']);
  });
});
