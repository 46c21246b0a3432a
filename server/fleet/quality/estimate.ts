import type { EstimateCheck, EstimatedMeasure, ModelQuality } from '../../../contract/quality.ts';
import { unsupported } from '../../../stats/estimation/cell-estimate.ts';
import type { LabelledModel } from '../../monitors/kind.ts';
import {
  ESTIMATED,
  type Estimated,
  errorRecipe,
  estimateRecipe,
} from '../../monitors/quality/from-estimates.ts';
import { qualityMetric } from '../../monitors/quality/index.ts';
import { sumsOf, teachingSums } from '../../monitors/quality/quality-change.ts';
import { qualityUnknown } from '../../monitors/quality/reasons.ts';
import { CELLS, labelledCells, rowsIn } from '../../monitors/quality/score-vector.ts';
import type { QualityRecipe } from '../../monitors/subject.ts';
import type { Profile } from '../../profiles/profile.ts';
import { type Counted, measured } from './measured.ts';
import { type Part, partsBefore, worthCheck, worthOf } from './worth.ts';

type Profiles = ReadonlyMap<string, Profile>;
type Estimate = ModelQuality['estimate'];

/** An error of an estimate that people would act on, and the share of scores that nothing was learned of. */
const OFF = 0.02;
const OUTSIDE = 0.01;

/** How one metric is estimated of a model and of ranges of it. */
export interface Estimator {
  readonly id: Estimated;
  readonly estimate: QualityRecipe;
  readonly error: QualityRecipe;
}

/** The metrics that can be estimated of a model, or why none can. Pure. */
export function estimators(model: LabelledModel): readonly Estimator[] | { readonly reason: string } {
  const made = ESTIMATED.map((id) => ({
    id,
    estimate: estimateRecipe(id, model),
    error: errorRecipe(id, model),
  }));
  const whole = made.filter(
    (one): one is Estimator => !('reason' in one.estimate) && !('reason' in one.error),
  );
  const [first] = made;
  if (whole.length > 0) return whole;
  return {
    reason: first !== undefined && 'reason' in first.estimate ? first.estimate.reason : 'nothing_learned',
  };
}

/** The labelled rows that each estimate is learned of: those of the reference, else those that a monitor keeps; null of too few. Pure. */
export function learnedSums(
  all: readonly Estimator[],
  reference: Profiles | undefined,
  kept: readonly (readonly number[])[],
): readonly (readonly number[] | null)[] {
  return all.map(({ estimate }) => {
    const own = reference ? sumsOf(estimate, reference) : [];
    return teachingSums(estimate, [own, ...kept]);
  });
}

/**
 * What the scores of a range promise, weighed by what labels of the parts before it showed of such promises, beside what was learned of
 * and what labels of the range showed, and what promises have been worth in all `parts`. Pure.
 */
export function estimateOf(
  all: ReturnType<typeof estimators>,
  learned: ReturnType<typeof learnedSums>,
  current: Profiles,
  { parts, from: start }: { readonly parts: readonly Part[]; readonly from: number },
): Estimate {
  if ('reason' in all) return none(all.reason);
  const told = all.flatMap((one, i) => (learned[i] ? [{ ...one, learned: learned[i] }] : []));
  const [first] = told;
  if (first === undefined) return none('nothing_learned');
  const measures = told.map((one): EstimatedMeasure => {
    const { id, estimate, error, learned: from } = one;
    const now = estimate.learned!.of(from);
    const past = error.learned!.of(from);
    const estimated = now.over(sumsOf(estimate, current), partsBefore(one, parts, { from: start }));
    return {
      ...{ id, title: qualityMetric(id)!.meta.title, unit: qualityMetric(id)!.meta.unit },
      estimated: measured(estimated as Counted),
      weight: 'value' in estimated ? (estimated.weight ?? 1) : null,
      reference: measured(now.own as Counted),
      error: measured(past.over(sumsOf(error, current), []) as Counted),
      worth: worthOf(one, from, parts),
    };
  });
  // Of several classes accuracy is told of the winning probability, as scores of two classes are.
  const scored = told.find(({ id }) => id === 'accuracy') ?? first;
  const support = supportCheck(sumsOf(scored.estimate, current), scored.learned);
  const checks = [calibrationCheck(measures), worthCheck(measures), support, CONCEPT];
  return { measures, checks, learned: scored.estimate.learned!.rows(scored.learned), unknown: null };
}

const none = (reason: string): Estimate => ({
  measures: [],
  checks: [],
  learned: 0,
  unknown: qualityUnknown([{ reason }], 0),
});

function calibrationCheck(measures: readonly EstimatedMeasure[]): EstimateCheck {
  const told = measures.find(({ error }) => error.value !== null);
  if (told === undefined)
    return {
      id: 'calibration',
      holds: null,
      sentence: 'No label of this range has come: whether scores still mean what they meant is not known.',
    };
  const { value, low, high, n } = told.error as { value: number; low: number; high: number; n: number };
  const holds = (low <= 0 && high >= 0) || Math.abs(value) < OFF;
  const by = `${short(Math.abs(value))} (95 % interval ${short(low)} to ${short(high)}) ${value < 0 ? 'less' : 'more'} than their labels showed`;
  return {
    id: 'calibration',
    holds,
    sentence: `Of the ${n.toLocaleString('en-US')} labelled predictions of this range the estimate promised a ${told.title} of ${by}${holds ? '.' : ': scores do not mean what they meant, so do not trust the estimate.'}`,
  };
}

function supportCheck(sums: readonly number[], learned: readonly number[]): EstimateCheck {
  const share = unsupported(sums.slice(0, CELLS), rowsIn(labelledCells(learned, 0)));
  const holds = share <= OUTSIDE;
  return {
    id: 'support',
    holds,
    sentence: holds
      ? 'The scores of this range lie where labelled ones did.'
      : `${short(100 * share)} % of the scores of this range lie where no labelled one did: what they mean was not learned.`,
  };
}

export const CONCEPT: EstimateCheck = {
  id: 'concept',
  holds: null,
  sentence:
    'An estimate cannot see concept drift: if the same inputs lead to other outcomes now, it goes on promising what was true before, until labels come.',
};

const short = (x: number) => String(Number(x.toPrecision(2))).replace('-', '−');
