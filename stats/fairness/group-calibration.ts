import { sumsOf } from '../intervals/interval-over.ts';
import { mean, type Sums } from '../intervals/mean.ts';
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
 * 95 % intervals: `calibrationGap`'s, binomial by bin for the error. Fewer than two rows are `not_enough_data`.
 * Source: Kleinberg, Mullainathan and Raghavan 2017 (calibration within groups).
 * @example groupCalibration('f', { label: [1, 0], score: [0.9, 0.3] }).gap // { value: 0.1, low: -0.65…, high: 0.75… }
 */
export function groupCalibration(group: string, rows: LabelledRows): GroupCalibration {
  const scored = scoredRows(rows).filter(({ score }) => score >= 0 && score <= 1);
  const gaps = scored.map(({ score, positive }) => score - (positive ? 1 : 0));
  return {
    group,
    n: scored.length,
    gap: calibrationGap(sumsOf(gaps)),
    error: scored.length < 2 ? { reason: 'not_enough_data' } : curveError(rowCalibrationCurve(rows)),
  };
}

/**
 * Mean of score − label (1 positive, 0 not) from the sums of it over the rows of a group, in [−1, 1], with a 95 % interval: Student's of the rows and of one more of
 * each label with a score of one half. Where errors are rare, a small group may show none and so hardly any scatter; those two rows keep the interval from
 * closing, and are nothing among many. Fewer than two rows are `not_enough_data`, sums that overflowed `not_finite`.
 * Source: Agresti and Caffo 2000 (one success and one failure more in each group).
 * @example calibrationGap({ n: 2, sum: 0.2, sum2: 0.1 }) // { value: 0.1, low: -0.65…, high: 0.75… }
 */
export function calibrationGap({ n, sum, sum2 }: Sums): Outcome<Estimate> {
  const own = mean({ n, sum, sum2 });
  const wider = mean({ n: n + 2, sum, sum2: sum2 + 0.5 });
  if (!('value' in own) || !('value' in wider)) return own;
  return { value: own.value, low: Math.max(-1, wider.low), high: Math.min(1, wider.high) };
}
