import { isotonicProbability } from '../calibration/isotonic.ts';
import { nearestGroups, neighbourCalibration, neighbours } from '../calibration/neighbours.ts';
import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome, Unavailable } from '../outcome.ts';
import { type CellMetric, type ClassCells, cellInfluence, cellMetric } from './cell-metrics.ts';

/** Fewer labelled rows teach nothing. */
const FEWEST = 100;

/** What labelled rows say of the scores in each cell. */
export interface LearnedCells {
  /** The chance of a positive, by cell. */
  readonly chance: Float64Array;
  /** The group of neighbouring scores that each cell was learned in, and the labelled rows and the variance of each group. */
  readonly group: Int32Array;
  readonly rows: readonly number[];
  readonly variance: readonly number[];
  readonly threshold: number;
}

/**
 * What labelled rows say of their scores: the calibration of neighbouring scores (isotonic), with how certain it is.
 * `not_enough_data` for fewer than 100 rows, `single_class` without both classes.
 */
export function learnCells({ positive, negative, threshold }: ClassCells): LearnedCells | Unavailable {
  const groups = Array.from({ length: positive.length }, (_, cell) => ({
    score: cell + 0.5,
    n: positive[cell]! + negative[cell]!,
    positive: positive[cell]!,
  }));
  const rows = groups.reduce((sum, { n }) => sum + n, 0);
  const positives = groups.reduce((sum, group) => sum + group.positive, 0);
  if (rows < FEWEST) return { reason: 'not_enough_data' };
  if (positives === 0 || positives === rows) return { reason: 'single_class' };
  const map = neighbourCalibration(groups, threshold);
  if (map.kind !== 'isotonic') return { reason: 'not_enough_data' };
  const near = neighbours(groups, threshold);
  const scores = groups.map(({ score }) => score);
  return {
    chance: Float64Array.from(scores, (score) => isotonicProbability(map, score)),
    group: nearestGroups(scores, near, threshold),
    rows: near.map(({ n }) => n),
    // Of k rows the variance within is (k − 1)/k of what it is; a group that is pure is not certain.
    variance: near.map(({ n, positive: hits }) => {
      const share = (hits + 0.5) / (n + 1);
      return (share * (1 - share)) / n;
    }),
    threshold,
  };
}

/** An estimate with what its interval is made of. */
export interface CellEstimate extends Estimate {
  readonly variance: number;
}

/**
 * What the labels of rows will show, from their scores alone: each row is positive by the chance that was learned of its cell
 * (confidence-based performance estimation). The 95 % interval holds the scatter of the labels to come, the calibration's own error,
 * and `extra`, a variance that estimates so far have shown beyond these (`excessVariance`); by the delta method. It cannot hold a
 * change of what a score means.
 * Source: NannyML, confidence-based performance estimation; intervals: delta method, compared with `estimateWithin`'s bootstrap.
 * @param counts rows by cell. @example estimateCells('accuracy', learned, counts) // { value: 0.87, low: 0.85, high: 0.89, … }
 */
export function estimateCells(
  metric: CellMetric,
  learned: LearnedCells,
  counts: ArrayLike<number>,
  extra = 0,
): Outcome<CellEstimate> {
  const cells = expectedCells(learned, counts);
  const found = cellMetric(metric, cells);
  if (!('value' in found)) return found;
  const influence = cellInfluence(metric, cells);
  const moved = new Float64Array(learned.rows.length);
  let variance = extra;
  for (let cell = 0; cell < counts.length; cell++) {
    const n = counts[cell]!;
    if (n === 0) continue;
    const p = learned.chance[cell]!;
    variance += n * p * (1 - p) * influence[cell]! ** 2;
    moved[learned.group[cell]!]! += n * influence[cell]!;
  }
  for (let group = 0; group < moved.length; group++)
    variance += moved[group]! ** 2 * learned.variance[group]!;
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  const { value } = found;
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach), variance };
}

/** Rows by cell as the classes that are expected of them. */
export function expectedCells(
  { chance, threshold }: Pick<LearnedCells, 'chance' | 'threshold'>,
  counts: ArrayLike<number>,
): ClassCells {
  const positive = new Float64Array(counts.length);
  const negative = new Float64Array(counts.length);
  for (let cell = 0; cell < counts.length; cell++) {
    positive[cell] = counts[cell]! * chance[cell]!;
    negative[cell] = counts[cell]! * (1 - chance[cell]!);
  }
  return { positive, negative, threshold };
}

/** What an estimate said, and what the labels of the same rows then showed. */
export interface Checked {
  readonly estimate: CellEstimate;
  readonly truth: number;
}

/**
 * The variance that estimates had beyond what their own intervals hold: the mean of squared errors less that of their
 * variances, at least 0; 0 of none.
 * @example excessVariance([{ estimate: { value: 0.9, variance: 0.0001, … }, truth: 0.85 }]) // 0.0024
 */
export function excessVariance(checked: readonly Checked[]): number {
  if (checked.length === 0) return 0;
  const sum = checked.reduce((all, { estimate, truth }) => {
    return all + (estimate.value - truth) ** 2 - estimate.variance;
  }, 0);
  return Math.max(0, sum / checked.length);
}

/**
 * The share of rows whose scores lie where hardly any labelled row did: of them nothing was learned. 0 of no rows.
 * @example unsupported([0, 5, 5], [0, 9, 0]) // 0.5
 */
export function unsupported(counts: ArrayLike<number>, labelled: ArrayLike<number>): number {
  let [all, outside] = [0, 0];
  for (let cell = 0; cell < counts.length; cell++) {
    all += counts[cell]!;
    const near = (labelled[cell - 1] ?? 0) + labelled[cell]! + (labelled[cell + 1] ?? 0);
    if (near === 0) outside += counts[cell]!;
  }
  return all > 0 ? outside / all : 0;
}
