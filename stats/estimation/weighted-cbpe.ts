import { calibrated } from '../calibration/calibrate.ts';
import { type EstimatedPerformance, estimatePerformance } from '../calibration/cbpe.ts';
import type { Estimate, Outcome, Unavailable } from '../outcome.ts';
import type { LabelledRows } from '../performance/labelled-scores.ts';
import { rowEce } from '../performance/scored-row-loss.ts';
import type { Feature } from '../trees/feature.ts';
import { type DensityRatioOptions, densityRatio, flattened } from './density-ratio.ts';
import { weightedCalibration } from './weighted-calibration.ts';

/** What an estimate without labels rests on, as values to be shown beside it. */
export interface EstimateChecks {
  /** Calibration error of the calibrated scores on the latest labelled rows; large: the promise of the scores does not hold. */
  readonly calibrationError: Outcome<Estimate>;
  /** Share of current rows that lie where the reference has rows; low: the estimate is an extrapolation. */
  readonly overlap: Outcome<Estimate>;
  /** Reference rows that the weighted ones are worth. */
  readonly effectiveSize: number;
  /** No estimate without labels sees a change of what the same inputs mean. */
  readonly conceptDrift: 'not_visible';
}

export interface WeightedEstimate {
  readonly performance: EstimatedPerformance;
  readonly checks: EstimateChecks;
}

/** Labelled reference rows with their inputs. */
export interface ReferenceRows extends LabelledRows {
  readonly features: readonly Feature[];
}

/** Current rows, without labels. */
export interface CurrentRows {
  readonly features: readonly Feature[];
  readonly score: ArrayLike<number>;
}

/** Where fewer of the current rows than these lie where the reference has rows, nothing that it teaches is of them. */
const LEAST_OVERLAP = 0.05;

export interface WeightedEstimateOptions extends DensityRatioOptions {
  /** Scores at or above it are predicted positive. Default 0.5. */
  readonly threshold?: number;
  /** The latest rows with labels, on which the calibration is checked; default the reference itself, which is too kind. */
  readonly latest?: LabelledRows;
}

/**
 * Importance-weighted confidence-based performance estimation: the scores are calibrated on reference rows weighted to look like
 * the current window (the less, the fewer rows carry the weights), then expected confusion counts and metrics of the current scores follow. Right under a
 * covariate shift that changes what a score means, where plain CBPE is not. Fewer than 50 rows on a side are
 * `not_enough_data`, fewer than 5 % of the current rows where the reference has any `no_overlap`; single metrics as `estimatePerformance`.
 * Source: Białek et al. 2024, Estimating model performance under covariate shift without labels (PAPE).
 * @example estimateWeighted(reference, current, { random: random(1) }) // { performance: { accuracy: … }, checks: { overlap: … } }
 */
export function estimateWeighted(
  reference: ReferenceRows,
  current: CurrentRows,
  options: WeightedEstimateOptions,
): WeightedEstimate | Unavailable {
  const ratio = densityRatio(reference.features, current.features, options);
  if ('reason' in ratio) return ratio;
  if ('value' in ratio.overlap && ratio.overlap.value < LEAST_OVERLAP) return { reason: 'no_overlap' };
  const map = weightedCalibration(reference, flattened(ratio), options);
  const scores = Array.from(current.score).filter(Number.isFinite);
  const { label, score } = options.latest ?? reference;
  const promised = Array.from(score, (s) => (s === null || !Number.isFinite(s) ? null : calibrated(map, s)));
  return {
    performance: estimatePerformance(
      scores.map((s) => ({ score: s, n: 1 })),
      map,
      options.threshold,
    ),
    checks: {
      calibrationError: rowEce({ label, score: promised }),
      overlap: ratio.overlap,
      effectiveSize: ratio.effectiveSize,
      conceptDrift: 'not_visible',
    },
  };
}
