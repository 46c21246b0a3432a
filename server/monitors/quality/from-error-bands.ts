import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { type Checked, excessVariance } from '../../../stats/estimation/cell-estimate.ts';
import {
  estimateErrors,
  type LearnedErrors,
  learnErrors,
} from '../../../stats/estimation/error-by-answer.ts';
import { mean, type Sums } from '../../../stats/intervals/mean.ts';
import { ANSWER_BANDS, answerBand, ERROR_AT, type Profile, present } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { PastWindow, QualityRecipe } from '../subject.ts';
import { counted } from './metric.ts';

const ANSWER = '_prediction';
const BANDS = Array.from({ length: ANSWER_BANDS }, (_, band) => band);
/** Labelled rows of a window by which an estimate is measured. */
const CHECKED_ROWS = 200;

/** All answers by band, then of labelled ones how many, the sum of their errors and that of the squares. */

/** `first`: the part at which those of labelled ones begin. */
const bandsOf = (sums: ArrayLike<number>, first: 0 | 1 = 1): Sums[] =>
  BANDS.map((band) => {
    const of = (part: 0 | 1 | 2) => sums[(first + part) * ANSWER_BANDS + band]!;
    return { n: of(0), sum: of(1), sum2: of(2) };
  });

function addErrors(profiles: ReadonlyMap<string, Profile>, into: Float64Array, first: 0 | 1): void {
  for (const band of BANDS) {
    const errors = profiles.get(ERROR_AT + band);
    if (errors === undefined) continue;
    for (const [part, n] of [present(errors), errors.sum, errors.sum2].entries())
      into[(first + part) * ANSWER_BANDS + band]! += n;
  }
}
const countsOf = (sums: ArrayLike<number>) => BANDS.map((band) => sums[band]!);
const total = (counts: readonly number[]) => counts.reduce((all, n) => all + n, 0);
const labels = (sums: ArrayLike<number>) => total(bandsOf(sums).map(({ n }) => n));

/** The mean absolute error of labelled rows. */
function realised(bands: readonly Sums[]) {
  const add = (a: Sums, b: Sums) => ({ n: a.n + b.n, sum: a.sum + b.sum, sum2: a.sum2 + b.sum2 });
  return mean(bands.reduce(add, { n: 0, sum: 0, sum2: 0 }));
}

/**
 * The mean absolute error as the answers of a run of buckets promise it, by how far off labelled answers of such a size were; wider by
 * what such promises have been wrong before.
 */
export function errorEstimate(model: LabelledModel): QualityRecipe | { readonly reason: string } {
  const from = bandColumns(model);
  if ('reason' in from) return from;
  return {
    ...{ metric: 'mae', of: '', better: 'lower', columns: [ANSWER, ...from].sort(), labelledIn: [ANSWER] },
    ...{ width: 4 * ANSWER_BANDS, counted: ANSWER_BANDS },
    add(profiles, into) {
      for (const [cell, n] of profiles.get(ANSWER)?.grid ?? []) into[answerBand(cell)]! += n;
      addErrors(profiles, into, 1);
    },
    quality: (sums) => ({ reason: 'nothing_learned', n: total(countsOf(sums)) }),
    learned: {
      ...{ from, ahead: true, rows: labels },
      of(baseline) {
        const learned = learnErrors(bandsOf(baseline));
        const own = counted(realised(bandsOf(baseline)), labels(baseline));
        if ('reason' in learned)
          return { own, over: (sums) => ({ reason: 'nothing_learned', n: total(countsOf(sums)) }) };
        const check = checking(learned);
        return {
          own,
          over(sums, past) {
            const counts = countsOf(sums);
            return counted(estimateErrors(learned, counts, excessVariance(check(past))), total(counts));
          },
        };
      },
    },
  };
}

/**
 * By how much the errors of labelled answers are larger than such answers promise, by how far off those of the baseline were: as a share
 * of the error at the baseline it is judged.
 */
export function errorBeyondEstimate(model: LabelledModel): QualityRecipe | { readonly reason: string } {
  const from = bandColumns(model);
  if ('reason' in from) return from;
  const labelledOf = (sums: ArrayLike<number>) => total(bandsOf(sums, 0).map(({ n }) => n));
  return {
    ...{ metric: 'mae_error', of: '', better: 'lower', columns: [...from].sort(), labelledIn: from },
    ...{ width: 3 * ANSWER_BANDS, counted: ANSWER_BANDS },
    add: (profiles, into) => addErrors(profiles, into, 0),
    quality: (sums) => ({ reason: 'nothing_learned', n: labelledOf(sums) }),
    scale(sums) {
      const own = realised(bandsOf(sums, 0));
      return 'value' in own ? own.value : 0;
    },
    learned: {
      ...{ from, ahead: false, rows: labelledOf },
      of(baseline) {
        const learned = learnErrors(bandsOf(baseline, 0));
        return {
          own: { value: 0, low: 0, high: 0, n: labelledOf(baseline) },
          over(sums) {
            const bands = bandsOf(sums, 0);
            const n = labelledOf(sums);
            if ('reason' in learned) return { reason: 'nothing_learned', n };
            const promised = estimateErrors(
              learned,
              bands.map((band) => band.n),
            );
            const truth = realised(bands);
            if (!('value' in promised)) return { ...promised, n };
            if (!('value' in truth)) return { ...truth, n };
            const value = truth.value - promised.value;
            const reach = Z_TWO_SIDED_95 * Math.sqrt(promised.variance);
            return { value, low: value - reach, high: value + reach, n };
          },
        };
      },
    },
  };
}

/** The profiles of labelled errors by the band of the answer. */
function bandColumns({ task, known, grids }: LabelledModel): string[] | { readonly reason: string } {
  if (task !== 'regression') return { reason: 'estimate_of_numbers' };
  if (!known.has('_absolute_residual') || !grids.has(ANSWER)) return { reason: 'nothing_learned' };
  const from = BANDS.map((band) => ERROR_AT + band).filter((name) => known.has(name));
  return from.length === 0 ? { reason: 'not_counted_yet' } : from;
}

/** Estimates of earlier windows against their labels, each made once although it lies behind several. */
function checking(learned: LearnedErrors) {
  const made = new Map<number, Checked | null>();
  const of = ({ from, sums }: PastWindow): Checked | null => {
    const kept = made.get(from);
    if (kept !== undefined) return kept;
    const bands = bandsOf(sums());
    const truth = realised(bands);
    const estimate = estimateErrors(
      learned,
      bands.map(({ n }) => n),
    );
    const enough = total(bands.map(({ n }) => n)) >= CHECKED_ROWS;
    const one = enough && 'value' in truth && 'value' in estimate ? { estimate, truth: truth.value } : null;
    made.set(from, one);
    return one;
  };
  return (past: readonly PastWindow[]) => past.flatMap((window) => of(window) ?? []);
}
