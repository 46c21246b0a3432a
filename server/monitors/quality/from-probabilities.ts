import { skewedMeanOf } from '../../../stats/intervals/skewed-mean.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import {
  brierLoss,
  type CalibrationPoint,
  curveError,
  logarithmicLoss,
} from '../../../stats/performance/probability-loss.ts';
import { cellProbability } from '../../../stats/performance/score-cells.ts';
import type { Profile } from '../../profiles/profile.ts';
import { CLASS_BRIER, CLASS_LOG_LOSS } from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import { momentsRecipe, winningRecipe } from './from-class-probabilities.ts';
import { SCORE } from './from-scores.ts';
import { counted, type QualityMetric } from './metric.ts';

/** What is added up of so many rows of one class with one probability of the positive class. */
type Add = (into: Float64Array, p: number, positive: boolean, count: number) => void;

export interface Summed {
  readonly width: number;
  readonly counted: number;
  readonly add: Add;
  of(sums: readonly number[]): Outcome<Estimate>;
}

/** A metric of scores as probabilities. One score outside of 0 … 1 and they are none: that is told instead of a number. */
function ofProbabilities(
  meta: Pick<QualityMetric['meta'], 'id' | 'title' | 'loss'>,
  several: QualityRecipe,
  { width, counted: rows, add, of }: Summed,
): QualityMetric {
  return {
    meta: { ...meta, unit: '', definition: `${meta.id}@1`, worse: 'higher' },
    tasks: ['binary', 'multiclass'],
    from: 'scores',
    several: { from: 'probabilities', recipe: () => several },
    recipe({ positive, negative, grid }) {
      if (grid === null) return { reason: 'no_scores' };
      const columns = [negative!, positive!].map((name) => SCORE + name);
      const recipe: QualityRecipe = {
        metric: meta.id,
        of: positive!,
        better: 'lower',
        columns: [...columns].sort(),
        labelledIn: columns,
        // The last element counts the buckets with a score that is no probability.
        width: width + 1,
        counted: rows,
        add(profiles, into) {
          for (const [i, column] of columns.entries()) {
            const profile = profiles.get(column);
            if (profile === undefined) continue;
            if (!areProbabilities(profile)) into[width]! += 1;
            for (const [cell, count] of profile.grid) add(into, cellProbability(cell, grid), i === 1, count);
          }
        },
        quality: (sums) => {
          const n = sums.slice(0, rows).reduce((all, count) => all + count, 0);
          if (sums[width]! > 0) return { reason: 'scores_not_probabilities', n };
          return counted(of(sums), n);
        },
      };
      return recipe;
    },
  };
}

/** Whether all scores of a profile lie between 0 and 1. */
export const areProbabilities = ({ min, max }: Profile) => (min ?? 0) >= 0 && (max ?? 1) <= 1;

/** The mean of a loss of the probability that was given to what happened. */
function meanLoss(loss: (p: number) => number): Summed {
  return {
    width: 4,
    counted: 1,
    add(into, p, positive, count) {
      const value = loss(positive ? p : 1 - p);
      into[0]! += count;
      into[1]! += count * value;
      into[2]! += count * value * value;
      into[3]! += count * value ** 3;
    },
    of([n = 0, sum = 0, sum2 = 0, sum3 = 0]) {
      const found = skewedMeanOf({ n, sum, sum2, sum3 });
      return 'value' in found ? { ...found, low: Math.max(0, found.low) } : found;
    },
  };
}

const BINS = 10;

/** Rows, positives and probabilities of ten equally wide bins of probability. */
const CALIBRATION: Summed = {
  width: 3 * BINS,
  counted: BINS,
  add(into, p, positive, count) {
    const bin = Math.min(BINS - 1, Math.floor(p * BINS));
    into[bin]! += count;
    if (positive) into[BINS + bin]! += count;
    into[2 * BINS + bin]! += count * p;
  },
  of: (sums) => curveError(calibrationOf(sums)),
};

function calibrationOf(sums: readonly number[]): CalibrationPoint[] {
  return Array.from({ length: BINS }, (_, bin) => ({
    n: sums[bin]!,
    observed: sums[BINS + bin]! / sums[bin]!,
    predicted: sums[2 * BINS + bin]! / sums[bin]!,
  })).filter(({ n }) => n > 0);
}

/** Metrics of how true the scores are as probabilities. */
export const FROM_PROBABILITIES: readonly QualityMetric[] = [
  ofProbabilities(
    { id: 'log_loss', title: 'log loss', loss: 'share' },
    momentsRecipe('log_loss', CLASS_LOG_LOSS),
    meanLoss(logarithmicLoss),
  ),
  ofProbabilities(
    { id: 'brier', title: 'Brier score', loss: 'share' },
    momentsRecipe('brier', CLASS_BRIER),
    meanLoss(brierLoss),
  ),
  ofProbabilities(
    { id: 'ece', title: 'expected calibration error', loss: 'points' },
    winningRecipe(CALIBRATION),
    CALIBRATION,
  ),
];
