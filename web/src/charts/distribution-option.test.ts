import { describe, expect, test } from 'vitest';
import { LIGHT } from '../theme/tokens.ts';
import {
  type Bin,
  binAt,
  byShift,
  densityOption,
  distributionSummary,
  outline,
  shares,
  visibleBins,
} from './distribution-option.ts';

const range = (from: number, to: number, reference: number, current: number): Bin => ({
  from,
  to,
  label: '',
  kind: 'range',
  reference,
  current,
});
const special = (kind: Bin['kind'], label: string, reference: number, current: number): Bin => ({
  from: null,
  to: null,
  label,
  kind,
  reference,
  current,
});
const BINS = [range(0, 1, 40, 5), range(1, 3, 50, 10), special('missing', 'missing', 10, 5)];

describe('shares', () => {
  test('are of all rows, missing included; density divides by the width', () => {
    const [first, second, missing] = shares(BINS);
    expect(first).toMatchObject({
      referenceShare: 0.4,
      currentShare: 0.25,
      referenceDensity: 0.4,
      currentDensity: 0.25,
    });
    expect(second).toMatchObject({ referenceShare: 0.5, referenceDensity: 0.25, currentDensity: 0.25 });
    expect(missing).toMatchObject({ referenceShare: 0.1, currentShare: 0.25, currentDensity: 0 });
  });
  test('a side without rows is zero, not NaN', () => {
    expect(shares([range(0, 1, 0, 5)])[0]).toMatchObject({ referenceShare: 0, currentShare: 1 });
  });
});

test('byShift puts what moved most first', () => {
  const bins = shares([
    special('category', 'a', 50, 50),
    special('category', 'b', 50, 0),
    special('new', 'c', 0, 10),
  ]);
  expect(byShift(bins).map((bin) => bin.label)).toEqual(['b', 'a', 'c']);
});

test('outline goes down to zero in gaps', () => {
  const bins = shares([range(0, 1, 1, 1), range(2, 3, 1, 1)]);
  expect(outline(bins, (bin) => bin.currentShare)).toEqual([
    [0, 0],
    [0, 0.5],
    [1, 0.5],
    [1, 0],
    [2, 0],
    [2, 0.5],
    [3, 0.5],
    [3, 0],
  ]);
});

describe('visibleBins', () => {
  test('a far outlier does not squeeze the rest', () => {
    const bins = shares([
      ...Array.from({ length: 10 }, (_, i) => range(i, i + 1, 1000, 1000)),
      range(1e6, 2e6, 1, 1),
    ]);
    expect(visibleBins(bins).at(-1)!.to).toBe(10);
  });
  test('what only one side has stays visible', () => {
    const bins = shares([range(0, 1, 100, 0), range(5, 6, 0, 100)]);
    expect(visibleBins(bins).map((bin) => bin.from)).toEqual([0, 5]);
  });
  test('nothing at all', () => expect(visibleBins([])).toEqual([]));
});

test('densityOption: reference grey, current in the accent, x from the first to the last bin', () => {
  const option = densityOption(shares(BINS), LIGHT) as {
    xAxis: { min: number; max: number };
    series: { name: string; lineStyle: { color: string } }[];
  };
  expect(option.xAxis).toMatchObject({ min: 0, max: 3 });
  expect(option.series.map((one) => [one.name, one.lineStyle.color])).toEqual([
    ['reference', LIGHT.reference],
    ['current', LIGHT.accent],
  ]);
});

test('the bin under the pointer, and none beyond', () => {
  const bins = visibleBins(shares(BINS));
  expect([0, 0.3, 0.4, 0.99].map((place) => binAt(bins, place)?.from)).toEqual([0, 0, 1, 1]);
  expect([-0.1, 1].map((place) => binAt(bins, place))).toEqual([undefined, undefined]);
});

test('the summary names the largest change', () => {
  expect(distributionSummary('hum', shares(BINS))).toBe(
    'hum: largest change at 0 to 1.00, 40 % in the reference and 25 % now',
  );
  expect(distributionSummary('hum', [])).toBe('hum: no values in this range');
});
