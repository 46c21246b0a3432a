import { type Checked, excessVariance } from '../../../stats/estimation/cell-estimate.ts';
import {
  estimateErrors,
  type LearnedErrors,
  learnErrors,
} from '../../../stats/estimation/error-by-answer.ts';
import { mean, type Sums } from '../../../stats/intervals/mean.ts';
import { ANSWER_BANDS, answerBand, ERROR_AT, present } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { PastWindow, QualityRecipe } from '../subject.ts';
import { counted } from './metric.ts';

const ANSWER = '_prediction';
const BANDS = Array.from({ length: ANSWER_BANDS }, (_, band) => band);
/** Labelled rows of a window by which an estimate is measured. */
const CHECKED_ROWS = 200;

/** All answers by band, then of labelled ones how many, the sum of their errors and that of the squares. */
const at = (part: 0 | 1 | 2 | 3, band: number) => part * ANSWER_BANDS + band;

const bandsOf = (sums: ArrayLike<number>): Sums[] =>
  BANDS.map((band) => ({ n: sums[at(1, band)]!, sum: sums[at(2, band)]!, sum2: sums[at(3, band)]! }));
const countsOf = (sums: ArrayLike<number>) => BANDS.map((band) => sums[at(0, band)]!);
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
  if (model.task !== 'regression') return { reason: 'estimate_of_numbers' };
  const grid = model.grids.get(ANSWER);
  if (!model.known.has('_absolute_residual') || grid === undefined) return { reason: 'nothing_learned' };
  const from = BANDS.map((band) => ERROR_AT + band).filter((name) => model.known.has(name));
  if (from.length === 0) return { reason: 'not_counted_yet' };
  return {
    ...{ metric: 'mae', of: '', better: 'lower', columns: [ANSWER, ...from].sort(), labelledIn: [ANSWER] },
    ...{ width: 4 * ANSWER_BANDS, counted: ANSWER_BANDS },
    add(profiles, into) {
      for (const [cell, n] of profiles.get(ANSWER)?.grid ?? []) into[at(0, answerBand(cell))]! += n;
      for (const band of BANDS) {
        const errors = profiles.get(ERROR_AT + band);
        if (errors === undefined) continue;
        into[at(1, band)]! += present(errors);
        into[at(2, band)]! += errors.sum;
        into[at(3, band)]! += errors.sum2;
      }
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
