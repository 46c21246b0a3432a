import { describe, expect, test } from 'vitest';
import { LIGHT } from '../theme/tokens.ts';
import type { Point } from './series.ts';
import { dots, places, type TimeChart, timeOption, valueScale } from './time-option.ts';

const point = (time: number, value: number | null): Point => ({
  time,
  value,
  low: value === null ? null : value - 0.05,
  high: value === null ? null : value + 0.05,
  n: 10,
  status: 'ok',
});
const chart: TimeChart = {
  lines: [{ name: 'temp', part: 'current', points: [point(0, 0.05), point(10, 0.2), point(40, 0.1)] }],
  range: { from: 0, to: 100 },
  step: 10,
  unit: 'score',
  threshold: 0.1,
  shape: 'line',
  band: true,
  zero: true,
};

interface Option {
  grid: { top: number; bottom: number };
  xAxis: { min: number; max: number };
  yAxis: { min: number; max: number; axisLabel: { fontSize: number } };
  series: { name: string; data: [number, number | null][]; lineStyle: { color?: string } }[];
}
const option = (change: Partial<TimeChart> = {}) =>
  timeOption({ ...chart, ...change }, LIGHT) as unknown as Option;

describe('places', () => {
  test('a line joins the middles of buckets and breaks at a missing bucket', () => {
    expect(places(chart.lines[0]!.points, 10, 'line', (p) => p.value)).toEqual([
      [5, 0.05],
      [15, 0.2],
      [20, null],
      [45, 0.1],
    ]);
  });
  test('steps hold over the bucket', () => {
    expect(places([point(0, 3)], 10, 'steps', (p) => p.value)).toEqual([
      [0, 3],
      [10, 3],
    ]);
  });
});

test('the x axis is exactly the range, whatever the points are', () => {
  expect(option().xAxis).toMatchObject({ min: 0, max: 100 });
});

test('the band is drawn as low and width under the line, current in the accent', () => {
  const { series } = option();
  expect(series.map((one) => one.name)).toEqual(['temp low', 'temp high', 'temp', 'threshold']);
  expect(series[0]!.data[1]).toEqual([15, 0.15000000000000002]);
  expect(series[1]!.data[1]![1]).toBeCloseTo(0.1, 12);
  expect(series[2]!.lineStyle.color).toBe(LIGHT.accent);
});

test('reference lines are grey and have no band', () => {
  const { series } = option({ lines: [{ ...chart.lines[0]!, part: 'reference' }], threshold: null });
  expect(series).toHaveLength(1);
  expect(series[0]!.lineStyle.color).toBe(LIGHT.reference);
});

test('the value axis holds band and threshold', () => {
  const scale = valueScale({ ...chart, threshold: 0.9 });
  expect(scale.min).toBe(0);
  expect(scale.max).toBeGreaterThanOrEqual(0.9 * 1.15);
});

test('labels of the value axes of neighbouring rows never touch: half a label and more is free above and below', () => {
  const { grid, yAxis } = option();
  const half = (yAxis.axisLabel.fontSize * 1.2) / 2;
  expect(Math.min(grid.top, grid.bottom)).toBeGreaterThan(half);
});

test('no points at all is an empty chart, not an error', () => {
  expect(
    option({ lines: [{ name: 'x', part: 'current', points: [] }], threshold: null }).yAxis,
  ).toMatchObject({ min: 0, max: 1 });
});

test('a value without neighbours is a dot, however many points there are', () => {
  const line: [number, number | null][] = [
    [0, 1],
    [1, 2],
    [2, null],
    [3, 4],
    [4, null],
  ];
  expect(dots(line, false)).toEqual([0, 0, 0, 5, 0]);
  expect(dots(line, true)).toEqual([3, 3, 0, 5, 0]);
  expect(dots([[0, 1]], false)).toEqual([5]);
});
