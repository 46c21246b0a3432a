import type { EChartsCoreOption } from 'echarts/core';
import { quantity } from '../number/format.ts';
import type { Tokens } from '../theme/tokens.ts';
import type { Range } from '../time/range.ts';
import { niceScale, type Scale } from './scale.ts';
import type { Line, Part, Point } from './series.ts';

/** Room at the right of every time chart for the labels of its value axis, pixels. */
export const AXIS_WIDTH = 52;

/** Above and below the drawing: half a label of the value axis, so that those of neighbouring rows never touch. */
const MARGIN = 9;

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
  if (chart.threshold !== undefined && chart.threshold !== null)
    values.push(chart.threshold * (chart.zero ? 1.15 : 1));
  return niceScale(values, 2, chart.zero);
}

type Pair = [number, number | null];

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

/** A chart of values over time that shares its x axis with all others of the page: no own axis, no own crosshair. */
export function timeOption(chart: TimeChart, tokens: Tokens): EChartsCoreOption {
  const scale = valueScale(chart);
  const series = chart.lines.flatMap((line) => lineSeries(line, chart, tokens));
  return {
    animation: false,
    grid: { left: 0, right: AXIS_WIDTH, top: MARGIN, bottom: MARGIN },
    xAxis: { type: 'time', min: chart.range.from, max: chart.range.to, show: false },
    yAxis: {
      type: 'value',
      position: 'right',
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLabel: {
        color: tokens.muted,
        fontSize: 10,
        fontFamily: "'Inter Variable', sans-serif",
        margin: 6,
        formatter: (value: number) => axisText(Math.abs(value) < scale.step * 1e-6 ? 0 : value, chart.unit),
      },
      splitLine: { lineStyle: { color: tokens.line, width: 1 } },
    },
    series: [...series, ...thresholdSeries(chart, scale, tokens)],
  };
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

function lineSeries(line: Line, chart: TimeChart, tokens: Tokens): object[] {
  const colour = partColour(line.part, tokens);
  const data = places(line.points, chart.step, chart.shape, (point) => point.value);
  const sizes = chart.shape === 'line' ? dots(data, line.points.length < FEW_POINTS) : [];
  const dotted = sizes.some((size) => size > 0);
  const main = {
    type: 'line',
    name: line.name,
    data,
    symbol: 'circle',
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => sizes[dataIndex] ?? 0,
    showSymbol: dotted,
    showAllSymbol: dotted,
    connectNulls: false,
    silent: true,
    z: line.part === 'current' ? 4 : 3,
    lineStyle: {
      color: colour,
      width: line.part === 'current' ? 1.5 : 1,
      type: line.part === 'reference' ? [3, 3] : 'solid',
    },
    itemStyle: { color: colour },
    ...(chart.shape === 'steps' && line.part === 'current'
      ? { areaStyle: { color: colour, opacity: 0.12 } }
      : {}),
  };
  if (!chart.band || line.part !== 'current') return [main];
  const low = places(line.points, chart.step, chart.shape, (point) => point.low);
  const width = places(line.points, chart.step, chart.shape, (p) =>
    p.low === null || p.high === null ? null : p.high - p.low,
  );
  const edge = {
    type: 'line',
    symbol: 'none',
    silent: true,
    stack: `band-${line.name}`,
    stackStrategy: 'all',
    lineStyle: { width: 0 },
    z: 2,
  };
  return [
    { ...edge, name: `${line.name} low`, data: low },
    { ...edge, name: `${line.name} high`, data: width, areaStyle: { color: colour, opacity: 0.18 } },
    main,
  ];
}

function thresholdSeries(chart: TimeChart, scale: Scale, tokens: Tokens): object[] {
  const { threshold } = chart;
  if (threshold === undefined || threshold === null || threshold < scale.min || threshold > scale.max)
    return [];
  return [
    {
      type: 'line',
      name: 'threshold',
      data: [
        [chart.range.from, threshold],
        [chart.range.to, threshold],
      ],
      symbol: 'none',
      silent: true,
      z: 1,
      lineStyle: { color: tokens.failing, width: 1, type: [2, 3], opacity: 0.9 },
    },
  ];
}
