import type { Outcome } from '../outcome.ts';
import { calibrationDifference } from './calibration-difference.ts';
import type { GroupCalibration } from './group-calibration.ts';
import type { GroupRates } from './group-rates.ts';
import { equalisedOddsDifference, type Gap, MIN_GROUP, rateDifference, rateRatio } from './parity.ts';

/** What is known of the groups of one protected attribute. */
export interface Groups {
  readonly rates: readonly GroupRates[];
  readonly calibrations: readonly GroupCalibration[];
}

/** A measure of fairness: one number of all groups of an attribute. */
export interface FairnessMeasure {
  readonly id: string;
  readonly title: string;
  /** What it asks, in a sentence. */
  readonly asks: string;
  /** A difference should be 0 and is too large above the limit, a ratio should be 1 and is too small below it. */
  readonly kind: 'difference' | 'ratio';
  readonly limit: number;
  of(groups: Groups, minimum?: number): Outcome<Gap>;
}

/** Differences of ten points are commonly held to be too large; four fifths are the rule of the EEOC. */
const POINTS = 0.1;

/**
 * Measures of fairness between groups, each with the limit beyond which it fails.
 * Source: Barocas, Hardt and Narayanan 2023, Fairness and Machine Learning, chapter 3; Uniform Guidelines on Employee
 * Selection Procedures 1978 (four fifths).
 */
export const FAIRNESS_MEASURES: readonly FairnessMeasure[] = [
  {
    ...{
      id: 'demographic_parity_difference',
      title: 'demographic parity, difference',
      kind: 'difference',
      limit: POINTS,
    },
    asks: 'Are all groups given the positive answer as often?',
    of: ({ rates }, minimum = MIN_GROUP) => rateDifference(rates, 'selection', minimum),
  },
  {
    ...{ id: 'disparate_impact', title: 'disparate impact (four fifths)', kind: 'ratio', limit: 0.8 },
    asks: 'Does the group that is given the positive answer least often get it at least four fifths as often as the one most often?',
    of: ({ rates }, minimum = MIN_GROUP) => rateRatio(rates, 'selection', minimum),
  },
  {
    ...{
      id: 'equal_opportunity_difference',
      title: 'equal opportunity, difference',
      kind: 'difference',
      limit: POINTS,
    },
    asks: 'Are those who are positive found as often in all groups?',
    of: ({ rates }, minimum = MIN_GROUP) => rateDifference(rates, 'truePositive', minimum),
  },
  {
    ...{
      id: 'false_positive_difference',
      title: 'false positive rate, difference',
      kind: 'difference',
      limit: POINTS,
    },
    asks: 'Are those who are negative called positive as often in all groups?',
    of: ({ rates }, minimum = MIN_GROUP) => rateDifference(rates, 'falsePositive', minimum),
  },
  {
    ...{
      id: 'equalised_odds_difference',
      title: 'equalised odds, difference',
      kind: 'difference',
      limit: POINTS,
    },
    asks: 'Are both errors made as often in all groups?',
    of: ({ rates }, minimum = MIN_GROUP) => equalisedOddsDifference(rates, minimum),
  },
  {
    ...{
      id: 'predictive_parity_difference',
      title: 'predictive parity, difference',
      kind: 'difference',
      limit: POINTS,
    },
    asks: 'Is the positive answer right as often in all groups?',
    of: ({ rates }, minimum = MIN_GROUP) => rateDifference(rates, 'precision', minimum),
  },
  {
    ...{
      id: 'calibration_difference',
      title: 'calibration, difference',
      kind: 'difference',
      limit: POINTS / 2,
    },
    asks: 'Do scores mean the same in all groups?',
    of: ({ calibrations }, minimum = MIN_GROUP) => calibrationDifference(calibrations, minimum),
  },
];

/** `fails`: for certain, its interval lies beyond the limit; `doubtful`: the value does. */
export type FairnessVerdict = 'holds' | 'doubtful' | 'fails' | 'unknown';

/** `fairnessVerdict({ kind: 'ratio', limit: 0.8 }, { value: 0.5, low: 0.4, high: 0.6, … })` → 'fails' */
export function fairnessVerdict(
  { kind, limit }: Pick<FairnessMeasure, 'kind' | 'limit'>,
  found: Outcome<Gap>,
): FairnessVerdict {
  if (!('value' in found)) return 'unknown';
  const beyond = (x: number) => (kind === 'ratio' ? x < limit : x > limit);
  if (beyond(kind === 'ratio' ? found.high : found.low)) return 'fails';
  return beyond(found.value) ? 'doubtful' : 'holds';
}
