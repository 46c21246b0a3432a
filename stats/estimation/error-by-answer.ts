import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { type Sums, sampleVariance } from '../intervals/mean.ts';
import type { Outcome, Unavailable } from '../outcome.ts';
import type { CellEstimate } from './cell-estimate.ts';

/** Labelled rows of a band whose mean error stands for it; of fewer the nearest band with as many does. */
const ENOUGH = 30;
/** Of more rows than this share nothing was learned: their band, and those beside it, had hardly a label. */
const MOST_OUTSIDE = 0.5;

/** What labelled rows say of how far off answers of each band are: which band stands for it, and the sums of these. */
export interface LearnedErrors {
  readonly of: readonly number[];
  readonly bands: readonly Sums[];
}

/** The errors of labelled rows by band of the answer; `not_enough_data` where no band has thirty of them. */
export function learnErrors(bands: readonly Sums[]): LearnedErrors | Unavailable {
  const enough = bands.flatMap(({ n }, band) => (n >= ENOUGH ? [band] : []));
  if (enough.length === 0) return { reason: 'not_enough_data' };
  const nearest = (band: number) =>
    enough.reduce((best, one) => (Math.abs(one - band) < Math.abs(best - band) ? one : best));
  return { of: bands.map((_, band) => nearest(band)), bands };
}

/**
 * The mean error that rows are to be expected to have, from what was answered alone: each counts as far off as labelled answers
 * of its band were (direct loss estimation with the answer as the one input). The 95 % interval holds the scatter of the labels to
 * come, the error of the bands' means, and `extra` (`excessVariance`). It sees other answers, not that the same answers are wrong by more.
 * More than half of the rows where nothing was learned are `not_enough_data`.
 * Source: NannyML, Direct loss estimation (DLE); post-stratification (Cochran 1977) for the variance.
 * @param counts rows by band.
 * @example estimateErrors(learned, [50, 50]) // of bands with mean errors 1 and 3: { value: 2, … }
 */
export function estimateErrors(
  { of, bands }: LearnedErrors,
  counts: ArrayLike<number>,
  extra = 0,
): Outcome<CellEstimate> {
  const rows = new Float64Array(bands.length);
  let [all, outside] = [0, 0];
  for (let band = 0; band < bands.length; band++) {
    const n = counts[band] ?? 0;
    rows[of[band]!]! += n;
    all += n;
    if (Math.abs(of[band]! - band) > 1) outside += n;
  }
  if (all === 0 || outside > MOST_OUTSIDE * all) return { reason: 'not_enough_data' };
  let value = 0;
  let variance = extra;
  for (const [band, n] of rows.entries()) {
    if (n === 0) continue;
    const known = bands[band]!;
    const scatter = sampleVariance(known);
    value += (n / all) * (known.sum / known.n);
    variance += (n / all) * (scatter / all) + (n / all) ** 2 * (scatter / known.n);
  }
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - reach), high: value + reach, variance };
}
