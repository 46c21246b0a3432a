import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome, Value } from '../outcome.ts';
import type { BinaryCounts } from '../performance/confusion.ts';
import { type CalibrationMap, calibrated } from './calibrate.ts';

/** Unlabelled scores at one place: how many. */
export interface ScoreCount {
  readonly score: number;
  readonly n: number;
}

/** Performance that calibrated scores promise, without labels. It cannot see a change of what a score means (concept drift). */
export interface EstimatedPerformance {
  readonly counts: BinaryCounts;
  readonly accuracy: Outcome<Estimate>;
  readonly precision: Outcome;
  readonly recall: Outcome;
  readonly f1: Outcome;
  readonly rocAuc: Outcome;
}

/**
 * Confidence-based performance estimation: each score, calibrated, is the chance of a positive; expected confusion counts
 * and metrics follow. The interval of accuracy is the spread of the outcomes themselves, not of the calibration.
 * Without scores every metric is `not_enough_data`; an empty denominator is `undefined_ratio`.
 * Source: NannyML, Confidence-based performance estimation.
 * @param threshold Scores at or above it are predicted positive.
 */
export function estimatePerformance(
  scores: readonly ScoreCount[],
  map: CalibrationMap,
  threshold = 0.5,
): EstimatedPerformance {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  let variance = 0;
  for (const { score, n } of scores) {
    const p = calibrated(map, score);
    counts[score >= threshold ? 'tp' : 'fn'] += n * p;
    counts[score >= threshold ? 'fp' : 'tn'] += n * (1 - p);
    variance += n * p * (1 - p);
  }
  const { tp, fp, fn, tn } = counts;
  const n = tp + fp + fn + tn;
  return {
    counts,
    accuracy: n > 0 ? within((tp + tn) / n, Math.sqrt(variance) / n) : { reason: 'not_enough_data' },
    precision: ratio(tp, tp + fp, n),
    recall: ratio(tp, tp + fn, n),
    f1: ratio(2 * tp, 2 * tp + fp + fn, n),
    rocAuc: expectedAuc(scores, map),
  };
}

/** The area under the ROC curve when each score counts as p positives and 1 − p negatives. */
function expectedAuc(scores: readonly ScoreCount[], map: CalibrationMap): Outcome {
  const sorted = scores.filter(({ n }) => n > 0).toSorted((a, b) => a.score - b.score);
  let negativesBelow = 0;
  let positives = 0;
  let won = 0;
  for (const { score, n } of sorted) {
    const p = calibrated(map, score);
    won += n * p * (negativesBelow + (n * (1 - p)) / 2);
    positives += n * p;
    negativesBelow += n * (1 - p);
  }
  if (sorted.length === 0) return { reason: 'not_enough_data' };
  const pairs = positives * negativesBelow;
  return pairs > 0 ? { value: won / pairs } : { reason: 'single_class' };
}

function ratio(part: number, whole: number, n: number): Outcome<Value> {
  if (whole > 0) return { value: part / whole };
  return { reason: n > 0 ? 'undefined_ratio' : 'not_enough_data' };
}

function within(value: number, deviation: number): Estimate {
  const reach = Z_TWO_SIDED_95 * deviation;
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}
