import type { EChartsCoreOption } from 'echarts/core';
import { digits, percent } from '../number/format.ts';
import type { Tokens } from '../theme/tokens.ts';
import { niceScale } from './scale.ts';
import { AGAINST_REFERENCE, type Sides } from './sides.ts';

export interface Bin {
  readonly from: number | null;
  readonly to: number | null;
  readonly label: string;
  readonly kind: 'range' | 'category' | 'missing' | 'invalid' | 'out_of_range' | 'new' | 'other';
  readonly reference: number;
  readonly current: number;
}

/** A bin as shares of all rows of its side; density is share per unit of the column, for bins with edges. */
export interface Share extends Bin {
  readonly referenceShare: number;
  readonly currentShare: number;
  readonly referenceDensity: number;
  readonly currentDensity: number;
}

/** Shares over everything, so that missing and out-of-range mass is not hidden. A side without rows has shares of 0. */
export function shares(bins: readonly Bin[]): Share[] {
  const reference = bins.reduce((sum, bin) => sum + bin.reference, 0);
  const current = bins.reduce((sum, bin) => sum + bin.current, 0);
  return bins.map((bin) => {
    const referenceShare = reference === 0 ? 0 : bin.reference / reference;
    const currentShare = current === 0 ? 0 : bin.current / current;
    const width = bin.from === null || bin.to === null ? 0 : bin.to - bin.from;
    return {
      ...bin,
      referenceShare,
      currentShare,
      referenceDensity: width > 0 ? referenceShare / width : 0,
      currentDensity: width > 0 ? currentShare / width : 0,
    };
  });
}

export const isRange = (bin: Bin) => bin.kind === 'range' && bin.from !== null && bin.to !== null;

/** Bins beside the density, or categories, in the order in which they moved. */
export function byShift<T extends Share>(bins: readonly T[]): T[] {
  const moved = (bin: T) => Math.abs(bin.currentShare - bin.referenceShare);
  return [...bins].sort((a, b) => moved(b) - moved(a) || b.referenceShare - a.referenceShare);
}

/**
 * The stretch worth drawing: bins that hold the middle 99.8 % of both sides. Frozen bins are open-ended in the tails,
 * and one far outlier would squeeze everything else into a line.
 */
export function visibleBins(bins: readonly Share[]): Share[] {
  const ranges = bins.filter(isRange).sort((a, b) => a.from! - b.from!);
  const TAIL = 0.001;
  const keep = (pick: (bin: Share) => number) => {
    const total = ranges.reduce((sum, bin) => sum + pick(bin), 0);
    if (total === 0) return null;
    let before = 0;
    let first = -1;
    let last = -1;
    ranges.forEach((bin, i) => {
      const after = before + pick(bin) / total;
      if (first === -1 && after > TAIL) first = i;
      if (before < 1 - TAIL) last = i;
      before = after;
    });
    return [first, last] as const;
  };
  const sides = [keep((b) => b.referenceShare), keep((b) => b.currentShare)].filter((side) => side !== null);
  if (sides.length === 0) return ranges;
  return ranges.slice(
    Math.min(...sides.map(([first]) => first)),
    Math.max(...sides.map(([, last]) => last)) + 1,
  );
}

/** Pixels beside a density that its axis takes. */
export const DENSITY_AXIS = 52;

/** The bin at a place of the axis, 0 at its beginning and 1 at its end; undefined in a gap and beyond. `bins`: as `visibleBins` gives them. */
export function binAt(bins: readonly Share[], place: number): Share | undefined {
  const [low, high] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const x = low + place * (high - low);
  return bins.find(({ from, to }) => from! <= x && x < to!);
}

type Step = [number, number];

/** The outline of a histogram: along the tops of the bins, down to zero at both ends and in gaps. */
export function outline(bins: readonly Share[], pick: (bin: Share) => number): Step[] {
  const steps: Step[] = [];
  let end: number | null = null;
  for (const bin of bins) {
    if (end === null || bin.from! > end) {
      if (end !== null) steps.push([end, 0]);
      steps.push([bin.from!, 0]);
    }
    steps.push([bin.from!, pick(bin)], [bin.to!, pick(bin)]);
    end = bin.to!;
  }
  if (end !== null) steps.push([end, 0]);
  return steps;
}

const FONT = { fontSize: 10, fontFamily: "'Inter Variable', sans-serif" };

/** Reference and current of a numeric column as overlaid densities on the frozen bins. */
export function densityOption(
  all: readonly Share[],
  tokens: Tokens,
  sides: Sides = AGAINST_REFERENCE,
): EChartsCoreOption {
  const bins = visibleBins(all);
  const x = { min: bins[0]?.from ?? 0, max: bins.at(-1)?.to ?? 1 };
  const scale = niceScale(
    bins.flatMap((bin) => [bin.referenceDensity, bin.currentDensity]),
    4,
    true,
  );
  const area = (
    name: string,
    colour: string,
    opacity: number,
    width: number,
    pick: (bin: Share) => number,
    z: number,
  ) => ({
    type: 'line',
    name,
    data: outline(bins, pick),
    symbol: 'none',
    silent: true,
    z,
    lineStyle: { color: colour, width },
    areaStyle: { color: colour, opacity },
  });
  return {
    animation: false,
    grid: { left: 0, right: DENSITY_AXIS, top: 8, bottom: 24 },
    xAxis: {
      type: 'value',
      ...x,
      splitNumber: 6,
      axisLine: { lineStyle: { color: tokens['line-strong'] } },
      axisTick: { show: true, lineStyle: { color: tokens['line-strong'] } },
      splitLine: { show: false },
      axisLabel: {
        color: tokens.muted,
        ...FONT,
        formatter: (v: number) => digits(v, 3),
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: {
      type: 'value',
      position: 'right',
      axisLine: { show: false },
      axisTick: { show: false },
      min: 0,
      max: scale.max,
      interval: scale.step,
      axisLabel: { color: tokens.muted, ...FONT, margin: 6, formatter: (v: number) => digits(v, 2) },
      splitLine: { lineStyle: { color: tokens.line } },
    },
    series: [
      area(sides.reference, tokens[sides.part], 0.25, 1, (bin) => bin.referenceDensity, 2),
      area(sides.current, tokens.accent, 0.16, 1.5, (bin) => bin.currentDensity, 3),
    ],
  };
}

/** One sentence that says what the chart shows, for those who do not see it. */
export function distributionSummary(
  column: string,
  all: readonly Share[],
  sides: Sides = AGAINST_REFERENCE,
): string {
  const [most] = byShift(all);
  if (most === undefined) return `${column}: no values in this range`;
  const name = most.label === '' ? `${digits(most.from ?? 0)} to ${digits(most.to ?? 0)}` : most.label;
  const [before, now] =
    sides === AGAINST_REFERENCE
      ? ['in the reference', 'now']
      : [`of ${sides.reference}`, `of ${sides.current}`];
  return `${column}: largest change at ${name}, ${percent(most.referenceShare)} ${before} and ${percent(most.currentShare)} ${now}`;
}
