import { quantity } from '../number/format.ts';
import type { Tokens } from '../theme/tokens.ts';
import type { Range } from '../time/range.ts';
import { niceScale, type Scale } from './scale.ts';
import type { Line, Part, Point } from './series.ts';

/** Room at the right of every time chart for the labels of its value axis, pixels. */
export const AXIS_WIDTH = 52;

/** Above and below the drawing: half a label of the value axis, so that those of neighbouring rows never touch. */
export const MARGIN = 9;

/** Size of the labels of the value axis, pixels. */
export const LABEL_SIZE = 10;

export interface TimeChart {
  readonly lines: readonly Line[];
  readonly range: Range;
  /** What one point stands for, milliseconds. */
  readonly step: number;
  readonly unit: string;
  readonly threshold?: number | null;
  /** Steps hold their value over the bucket (counts); lines join the middles of buckets. */
  readonly shape: 'steps' | 'line';
  /** Draw low to high around the current line: an interval or a quantile band. */
  readonly band?: boolean;
  /** Start the value axis at zero. */
  readonly zero: boolean;
}

export function partColour(part: Part, tokens: Tokens): string {
  return part === 'current' ? tokens.accent : part === 'reference' ? tokens.reference : tokens.second;
}

/** The value axis that holds every line, band and the threshold of a chart. */
export function valueScale(chart: TimeChart): Scale {
  const values: number[] = [];
  for (const line of chart.lines) {
    for (const point of line.points) {
      if (point.value !== null) values.push(point.value);
      if (chart.band && point.low !== null && point.high !== null) values.push(point.low, point.high);
    }
  }
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (chart.threshold !== undefined && chart.threshold !== null)
    values.push(chart.threshold * (chart.zero ? 1.15 : 1));
  const scale = niceScale(values, 2, chart.zero);
  // Above the whole there is nothing, however near to it a threshold is.
  const beyond = chart.unit === 'share' && scale.max > 1 && largest <= 1 && (chart.threshold ?? 0) <= 1;
  return beyond && scale.min >= 0 ? { min: 0, max: 1, step: 0.5 } : scale;
}

export type Pair = [number, number | null];

/** Places of the points: at the middle of the bucket, or as steps from its start to its end. A missing bucket is a gap. */
export function places(
  points: readonly Point[],
  step: number,
  shape: TimeChart['shape'],
  pick: (p: Point) => number | null,
): Pair[] {
  const pairs: Pair[] = [];
  let end: number | null = null;
  for (const point of points) {
    const value = pick(point);
    if (end !== null && point.time > end + step / 2) pairs.push([end, null]);
    if (shape === 'line') pairs.push([point.time + step / 2, value]);
    else pairs.push([point.time, value], [point.time + step, value]);
    end = point.time + step;
  }
  return pairs;
}

/** Without zeros that say nothing: `trimmed('0.500')` → `0.5` */
function trimmed(text: string): string {
  return text.replace(/^(-?\d+)\.(\d*?)0+(?=$| )/, (_, whole, rest) =>
    rest === '' ? whole : `${whole}.${rest}`,
  );
}

/** A value at the axis: with its unit where that is short; a longer unit stands beside the chart. */
function axisText(value: number, unit: string): string {
  const text = quantity(value, unit);
  return trimmed(text.length <= 8 ? text : quantity(value));
}

/** A line as it is drawn, with what is filled under or around it. */
export interface DrawnLine {
  readonly name: string;
  readonly data: readonly Pair[];
  readonly colour: string;
  readonly width: number;
  /** Lengths of strokes and gaps; a solid line when empty. */
  readonly dash: readonly number[];
  /** Sizes of the dots at its places; none when empty. */
  readonly dots: readonly number[];
  /** Filled between itself and zero. */
  readonly area: boolean;
  readonly band: { readonly low: readonly Pair[]; readonly high: readonly Pair[] } | null;
}

/** All that a time chart draws, in values; those that come later lie above. */
export interface TimeDrawing {
  readonly range: Range;
  readonly scale: Scale;
  readonly labels: readonly { readonly value: number; readonly text: string }[];
  readonly lines: readonly DrawnLine[];
  readonly tokens: Tokens;
}

/** A chart of values over time that shares its x axis with all others of the page: no own axis, no own crosshair. */
export function timeDrawing(chart: TimeChart, tokens: Tokens): TimeDrawing {
  const scale = valueScale(chart);
  const lines = chart.lines.map((line) => drawnLine(line, chart, tokens));
  const current = (line: DrawnLine) => Number(line.colour === tokens.accent);
  return {
    range: chart.range,
    scale,
    labels: labelsOf(scale, chart.unit),
    lines: [...thresholdLines(chart, scale, tokens), ...lines.toSorted((a, b) => current(a) - current(b))],
    tokens,
  };
}

function labelsOf({ min, max, step }: Scale, unit: string): TimeDrawing['labels'] {
  const values = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => min + i * step);
  return values.map((value) => ({ value, text: axisText(Math.abs(value) < step * 1e-6 ? 0 : value, unit) }));
}

/** Points of so few can be told apart. */
const FEW_POINTS = 60;

/** Sizes of the dots of a line: where there are many only a value without neighbours has one, which no line would show. */
export function dots(data: readonly Pair[], few: boolean): number[] {
  const known = (i: number) => data[i] !== undefined && data[i][1] !== null;
  return data.map((_, i) => {
    if (!known(i)) return 0;
    if (!known(i - 1) && !known(i + 1)) return 5;
    return few ? 3 : 0;
  });
}

function drawnLine(line: Line, chart: TimeChart, tokens: Tokens): DrawnLine {
  const current = line.part === 'current';
  const of = (pick: (point: Point) => number | null) => places(line.points, chart.step, chart.shape, pick);
  const data = of((point) => point.value);
  return {
    name: line.name,
    data,
    colour: partColour(line.part, tokens),
    width: current ? 1.5 : 1,
    dash: line.part === 'reference' || line.dashed ? [3, 3] : [],
    dots: chart.shape === 'line' ? dots(data, line.points.length < FEW_POINTS) : [],
    area: chart.shape === 'steps' && current,
    band: chart.band && current ? { low: of((point) => point.low), high: of((point) => point.high) } : null,
  };
}

function thresholdLines(chart: TimeChart, scale: Scale, tokens: Tokens): DrawnLine[] {
  const { threshold, range } = chart;
  if (threshold === undefined || threshold === null || threshold < scale.min || threshold > scale.max)
    return [];
  const data: Pair[] = [
    [range.from, threshold],
    [range.to, threshold],
  ];
  const plain = { width: 1, dots: [], area: false, band: null };
  return [{ ...plain, name: 'threshold', data, colour: tokens.failing, dash: [2, 3] }];
}
