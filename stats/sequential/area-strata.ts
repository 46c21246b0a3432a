import { delong } from '../performance/roc-auc.ts';
import type { LabelledScores } from '../performance/score-cells.ts';
import type { Gathered } from './strata.ts';

/** What is known of a side: all its scores, and Σ w²/m over strata, m the rows that its areas stand on. */
interface AreaSide {
  readonly scores: LabelledScores;
  readonly squares: number;
}

/**
 * What is known of the difference of two areas under the ROC curve over strata (buckets of time in which both sides have
 * rows of both classes), as `Strata` is of means. Plain data.
 */
export interface AreaStrata {
  readonly sum: number;
  readonly weight: number;
  readonly reference: AreaSide;
  readonly current: AreaSide;
}

const NO_SIDE: AreaSide = { scores: { positive: new Map(), negative: new Map() }, squares: 0 };

/** Nothing seen yet. */
export const NO_AREAS: AreaStrata = { sum: 0, weight: 0, reference: NO_SIDE, current: NO_SIDE };

/**
 * The strata with one more; one in which a side lacks a class says nothing and changes nothing.
 * @example addAreaStratum(NO_AREAS, before, now).weight // half the harmonic mean of positives and negatives, of both sides
 */
export function addAreaStratum(
  strata: AreaStrata,
  reference: LabelledScores,
  current: LabelledScores,
): AreaStrata {
  const [before, now] = [delong(reference), delong(current)];
  if ('reason' in before || 'reason' in now) return strata;
  const [m, n] = [rowsOf(reference), rowsOf(current)];
  const w = (m * n) / (m + n);
  return {
    sum: strata.sum + w * (now.value - before.value),
    weight: strata.weight + w,
    reference: withScores(strata.reference, reference, (w * w) / m),
    current: withScores(strata.current, current, (w * w) / n),
  };
}

/**
 * The strata as one sum with its variance: DeLong's of all rows of a side together, since that of few rows is none. Null while
 * that is not known, or where all scores are perfectly apart.
 */
export function gatheredAreas({ sum, weight, reference, current }: AreaStrata): Gathered | null {
  const [before, now] = [varianceOf(reference), varianceOf(current)];
  const variance = before + now;
  return variance > 0 ? { sum, weight, variance } : null;
}

/** What the variance of an area falls with: positives × negatives / both. */
function rowsOf({ positive, negative }: LabelledScores): number {
  const [m, n] = [total(positive), total(negative)];
  return (m * n) / (m + n);
}

function varianceOf({ scores, squares }: AreaSide): number {
  const found = delong(scores);
  return 'reason' in found ? 0 : found.variance * rowsOf(scores) * squares;
}

function withScores({ scores, squares }: AreaSide, more: LabelledScores, square: number): AreaSide {
  return {
    scores: {
      positive: added(scores.positive, more.positive),
      negative: added(scores.negative, more.negative),
    },
    squares: squares + square,
  };
}

function added(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): Map<number, number> {
  const all = new Map(a);
  for (const [cell, n] of b) all.set(cell, (all.get(cell) ?? 0) + n);
  return all;
}

const total = (counts: ReadonlyMap<number, number>) => {
  let n = 0;
  for (const count of counts.values()) n += count;
  return n;
};
