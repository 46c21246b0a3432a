import { sumsOf } from '../intervals/interval-over.ts';
import { mean } from '../intervals/mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledRows, scoredRows } from '../performance/labelled-scores.ts';
import { curveError } from '../performance/probability-loss.ts';
import { rowCalibrationCurve } from '../performance/scored-row-loss.ts';

/** Whether scores mean the same in a group as they say. */
export interface GroupCalibration {
  readonly group: string;
  readonly n: number;
  /** Mean score − share of positives, in [−1, 1]: above 0 the group is scored too high. */
  readonly gap: Outcome<Estimate>;
  /** Expected calibration error on ten equally wide bins, in [0, 1]; small groups read high. */
  readonly error: Outcome<Estimate>;
}

/**
 * Calibration within a group, from labels and probabilities; rows without either, or with a score outside [0, 1], are left out.
 * 95 % intervals: of the mean for the gap, binomial by bin for the error. Fewer than two rows are `not_enough_data`.
 * Source: Kleinberg, Mullainathan and Raghavan 2017 (calibration within groups).
 * @example groupCalibration('f', { label: [1, 0], score: [0.9, 0.3] }).gap // { value: 0.1, low: -1, high: 1 }
 */
export function groupCalibration(group: string, rows: LabelledRows): GroupCalibration {
  const scored = scoredRows(rows).filter(({ score }) => score >= 0 && score <= 1);
  const gaps = scored.map(({ score, positive }) => score - (positive ? 1 : 0));
  const gap = mean(sumsOf(gaps));
  return {
    group,
    n: scored.length,
    gap: 'value' in gap ? { ...gap, low: Math.max(-1, gap.low), high: Math.min(1, gap.high) } : gap,
    error: scored.length < 2 ? { reason: 'not_enough_data' } : curveError(rowCalibrationCurve(rows)),
  };
}
