import { movedHow } from '../../../stats/distances/moved-how.ts';
import type { Tokens } from '../theme/tokens.ts';
import type { Point } from './series.ts';

/** One column's drift over time. */
export interface HeatSeries {
  readonly column: string;
  readonly importance: number | null;
  readonly threshold: number | null;
  readonly points: readonly Point[];
}

export type HeatState = 'below' | 'small' | 'unsure' | 'above' | 'none';

const STATES = { as_before: 'below', small: 'small', unsure: 'unsure', far: 'above' } as const;

/**
 * What one bucket says: `above` only when the whole interval lies over the threshold, `unsure` when the value does but
 * its interval does not, `small` when it lies below and moved for certain, `none` when there is a reason instead of a value.
 */
export function heatState({ value, low, high }: Point, threshold: number | null): HeatState {
  return value === null ? 'none' : STATES[movedHow({ value, low, high }, threshold)];
}

export interface Fill {
  readonly colour: string;
  readonly opacity: number;
}

/** Colour of a cell: the accent up to the threshold, stronger where it moved for certain, the colours of the states beyond it, stronger with distance. */
export function heatFill(point: Point, threshold: number | null, tokens: Tokens): Fill | null {
  const state = heatState(point, threshold);
  if (state === 'none' || point.value === null) return null;
  const ratio = threshold === null || threshold <= 0 ? Math.min(1, point.value) : point.value / threshold;
  const below = Math.min(1, Math.max(0, ratio)) ** 2;
  if (state === 'below') return { colour: tokens.accent, opacity: 0.06 + 0.14 * below };
  if (state === 'small') return { colour: tokens.accent, opacity: 0.3 + 0.3 * below };
  const colour = state === 'above' ? tokens.failing : tokens.warning;
  return { colour, opacity: Math.min(1, 0.45 + 0.2 * (ratio - 1)) };
}

/** Largest excess over the threshold in the range, 0 when it never has a value. */
function shift(series: HeatSeries): number {
  let worst = 0;
  for (const { value } of series.points) {
    if (value !== null) worst = Math.max(worst, series.threshold ? value / series.threshold : value);
  }
  return worst;
}

export interface Ranked extends HeatSeries {
  readonly shift: number;
  readonly rank: number;
}

/**
 * Columns in the order in which they hurt: importance × shift. A column without a known importance counts with the
 * mean of the known ones, or 1 when none is known; ties keep the order of names.
 */
export function rankColumns(all: readonly HeatSeries[]): Ranked[] {
  const known = all.flatMap(({ importance }) => (importance === null ? [] : [importance]));
  const usual = known.length === 0 ? 1 : known.reduce((sum, one) => sum + one, 0) / known.length;
  return all
    .map((series) => {
      const worst = shift(series);
      return { ...series, shift: worst, rank: worst * (series.importance ?? usual) };
    })
    .sort((a, b) => b.rank - a.rank || b.shift - a.shift || a.column.localeCompare(b.column));
}
