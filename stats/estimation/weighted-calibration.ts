import { fitBeta } from '../calibration/beta.ts';
import { type CalibrationMap, calibrated } from '../calibration/calibrate.ts';
import type { ScoredGroup } from '../calibration/isotonic.ts';
import { neighbourCalibration } from '../calibration/neighbours.ts';
import { type LabelledRows, scoredRows } from '../performance/labelled-scores.ts';
import type { Random } from '../random.ts';
import { crossFolds } from './density-ratio.ts';

/** From the fewest freedoms to the most: the first that is as good as the best is taken. */
const CANDIDATES: readonly ((groups: readonly ScoredGroup[], threshold: number) => CalibrationMap)[] = [
  () => ({ kind: 'none' }),
  fitBeta,
  neighbourCalibration,
];
const FOLDS = 5;
const REPEATS = 4;
const FEWEST_ROWS = 100;

export interface WeightedCalibrationOptions {
  /** Deals the rows to folds. */
  readonly random: Random;
  /** Scores at or above it are predicted positive. Default 0.5. */
  readonly threshold?: number;
}

/**
 * The calibration of weighted labelled rows, chosen by four times five folds with the one-standard-error rule: none, beta, or isotonic
 * over neighbouring scores, the first of them whose weighted Brier score on rows it has not seen exceeds that of the best by no more than
 * the standard error of the difference over the folds; it is then fitted on all. Fewer than 100 rows, or a single class, give none.
 * Source: Hastie, Tibshirani and Friedman 2009, section 7.10; Breiman et al. 1984.
 * @param weights By row, ≥ 0; a row with another weight is left out.
 * @example weightedCalibration({ label, score }, ratio.weights, { random: random(1) }).kind // 'isotonic'
 */
export function weightedCalibration(
  rows: LabelledRows,
  weights: ArrayLike<number>,
  { random, threshold = 0.5 }: WeightedCalibrationOptions,
): CalibrationMap {
  const held = weightedRows(rows, weights);
  const positives = held.filter(({ positive }) => positive > 0).length;
  if (held.length < FEWEST_ROWS || positives === 0 || positives === held.length) return { kind: 'none' };
  const errors = CANDIDATES.map((): number[] => []);
  for (let repeat = 0; repeat < REPEATS; repeat++)
    for (const { training, testing } of crossFolds(held.length, FOLDS, random)) {
      const learned = byScore(training.map((row) => held[row]!));
      const unseen = testing.map((row) => held[row]!);
      const weight = unseen.reduce((sum, { n }) => sum + n, 0);
      CANDIDATES.forEach((learn, c) => {
        errors[c]!.push(squaredError(learn(learned, threshold), unseen) / weight);
      });
    }
  return CANDIDATES[simplestOfTheBest(errors)]!(byScore(held), threshold);
}

/**
 * The one-standard-error rule on differences: the first candidate whose mean error exceeds that of the best by at most the standard
 * error of what it exceeds it by, fold by fold. A repetition sees the same rows again, so that only one counts towards the error.
 * @param errors by candidate, of the same folds each.
 */
export function simplestOfTheBest(errors: readonly (readonly number[])[]): number {
  const means = errors.map(mean);
  const best = errors[means.indexOf(Math.min(...means))]!;
  return errors.findIndex((each) => {
    const excess = each.map((error, fold) => error - best[fold]!);
    const middle = mean(excess);
    const variance = mean(excess.map((x) => (x - middle) ** 2));
    return middle <= Math.sqrt(variance / (FOLDS - 1));
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Weighted labelled rows summed up by score, ascending. */
export function weightedGroups(rows: LabelledRows, weights: ArrayLike<number>): ScoredGroup[] {
  return byScore(weightedRows(rows, weights));
}

function weightedRows({ label, score }: LabelledRows, weights: ArrayLike<number>): ScoredGroup[] {
  const rows: ScoredGroup[] = [];
  for (let i = 0; i < Math.min(label.length, score.length, weights.length); i++) {
    const weight = weights[i]!;
    const [row] = scoredRows({ label: [label[i]!], score: [score[i]!] });
    if (row && weight > 0 && Number.isFinite(weight))
      rows.push({ score: row.score, n: weight, positive: row.positive ? weight : 0 });
  }
  return rows;
}

function byScore(rows: readonly ScoredGroup[]): ScoredGroup[] {
  const groups = new Map<number, { score: number; n: number; positive: number }>();
  for (const { score, n, positive } of rows) {
    const group = groups.get(score) ?? { score, n: 0, positive: 0 };
    group.n += n;
    group.positive += positive;
    groups.set(score, group);
  }
  return [...groups.values()].sort((a, b) => a.score - b.score);
}

function squaredError(map: CalibrationMap, rows: readonly ScoredGroup[]): number {
  return rows.reduce((sum, { score, n, positive }) => {
    const p = calibrated(map, score);
    return sum + positive * (1 - p) ** 2 + (n - positive) * p * p;
  }, 0);
}
