import { describe, expect, test } from 'vitest';
import { LIGHT } from '../theme/tokens.ts';
import type { Point } from './series.ts';
import { dots, LABEL_SIZE, MARGIN, places, type TimeChart, timeDrawing, valueScale } from './time-drawing.ts';

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

const drawing = (change: Partial<TimeChart> = {}) => timeDrawing({ ...chart, ...change }, LIGHT);

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

test('a share ends at the whole, however near to it a threshold is', () => {
  const near = { lines: [{ ...chart.lines[0]!, points: [point(0, 0.93)] }], unit: 'share', threshold: 0.99 };
  expect(drawing(near).scale).toEqual({ min: 0, max: 1, step: 0.5 });
  expect(drawing({ ...near, unit: 'score' }).scale.max).toBe(2);
});

test('the x axis is exactly the range, whatever the points are', () => {
  expect(drawing().range).toEqual({ from: 0, to: 100 });
});

test('the band lies around the line, current in the accent, above the threshold', () => {
  const { lines } = drawing();
  expect(lines.map(({ name }) => name)).toEqual(['threshold', 'temp']);
  const [, temp] = lines;
  expect(temp!.band!.low[1]).toEqual([15, 0.15000000000000002]);
  expect(temp!.band!.high[1]).toEqual([15, 0.25]);
  expect(temp!.colour).toBe(LIGHT.accent);
});

test('reference lines are grey, dashed, below what is current, and have no band', () => {
  const [line] = chart.lines;
  const { lines } = drawing({ lines: [line!, { ...line!, part: 'reference' }], threshold: null });
  expect(lines.map(({ colour }) => colour)).toEqual([LIGHT.reference, LIGHT.accent]);
  expect(lines[0]).toMatchObject({ dash: [3, 3], band: null });
});

test('the axis is labelled at its ends and in its middle', () => {
  expect(drawing({ unit: 'share', threshold: null }).labels).toEqual([
    { value: 0, text: '0 %' },
    { value: 0.2, text: '20 %' },
    { value: 0.4, text: '40 %' },
  ]);
});

test('the value axis holds band and threshold', () => {
  const scale = valueScale({ ...chart, threshold: 0.9 });
  expect(scale.min).toBe(0);
  expect(scale.max).toBeGreaterThanOrEqual(0.9 * 1.15);
});

test('labels of the value axes of neighbouring rows never touch: half a label and more is free above and below', () => {
  expect(MARGIN).toBeGreaterThan((LABEL_SIZE * 1.2) / 2);
});

test('no points at all is an empty chart, not an error', () => {
  const empty = drawing({ lines: [{ name: 'x', part: 'current', points: [] }], threshold: null });
  expect(empty.scale).toMatchObject({ min: 0, max: 1 });
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
