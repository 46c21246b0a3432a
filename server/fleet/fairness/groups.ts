import type { FairnessFound, FairnessGroup } from '../../../contract/fairness.ts';
import { segmentText } from '../../../contract/segment-key.ts';
import { calibrationGap, type GroupCalibration } from '../../../stats/fairness/group-calibration.ts';
import { type GroupRates, groupRates } from '../../../stats/fairness/group-rates.ts';
import { FAIRNESS_MEASURES, fairnessVerdict } from '../../../stats/fairness/measures.ts';
import { MIN_GROUP } from '../../../stats/fairness/parity.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { binaryCounts, confusionCells } from '../../../stats/performance/confusion.ts';
import { areProbabilities } from '../../monitors/quality/from-probabilities.ts';
import { SCORE } from '../../monitors/quality/from-scores.ts';
import { CONFUSION_SEPARATOR, type Profile, present } from '../../profiles/profile.ts';
import { measured } from '../quality/measured.ts';

type Profiles = ReadonlyMap<string, Profile>;

/** The two classes of a model. */
export interface Classes {
  readonly positive: string;
  readonly negative: string | null;
}

export interface GroupFound {
  readonly rates: GroupRates;
  readonly calibration: GroupCalibration;
  readonly group: FairnessGroup;
}

/** Rates and calibration of the members of a group, from their profiles. Pure. */
export function groupFound(key: string, profiles: Profiles, { positive, negative }: Classes): GroupFound {
  const text = segmentText(key);
  const cells = confusionCells(profiles.get('_confusion')?.counts ?? new Map(), CONFUSION_SEPARATOR);
  const counts = binaryCounts(cells, positive);
  const labelled = counts.tp + counts.fp + counts.fn + counts.tn;
  const rates = { ...groupRates(text, counts), ...selectionOfAll(profiles.get('_prediction'), positive) };
  const calibration = calibrationOf(
    text,
    [SCORE + positive, SCORE + negative].map((name) => profiles.get(name)),
  );
  const n = profiles.get('_all')?.n ?? 0;
  const of = (found: Outcome<Estimate>, count: number) =>
    measured({ ...found, n: count } as Parameters<typeof measured>[0]);
  const { tp, fp, fn, tn } = counts;
  return {
    rates,
    calibration,
    group: {
      ...{ key, text, n, labelled, too_small: rates.n < MIN_GROUP },
      selection: of(rates.selection, rates.n),
      true_positive: of(rates.truePositive, tp + fn),
      false_positive: of(rates.falsePositive, fp + tn),
      false_negative: of(rates.falseNegative, tp + fn),
      precision: of(rates.precision, tp + fp),
      calibration: of(calibration.gap, calibration.n),
    },
  };
}

/** Whether somebody is given the positive answer is known without labels, where answers are classes. */
function selectionOfAll(
  answers: Profile | undefined,
  positive: string,
): Partial<Pick<GroupRates, 'n' | 'selection'>> {
  if (answers === undefined || answers.counts.size === 0) return {};
  const n = present(answers);
  return { n, selection: proportion(answers.counts.get(positive) ?? 0, n) };
}

/** From the sums of scores of either label: Σ(s − y) and Σ(s − y)² of all of them. */
function calibrationOf(group: string, [of, others]: readonly (Profile | undefined)[]): GroupCalibration {
  const sides = [of, others].filter((side) => side !== undefined);
  const n = sides.reduce((sum, side) => sum + present(side), 0);
  const none = { reason: 'not_enough_data' } as const;
  if (!sides.every(areProbabilities)) return { group, n: 0, gap: { reason: 'not_enough_data' }, error: none };
  const positives = of === undefined ? 0 : present(of);
  const sum = sides.reduce((total, side) => total + side.sum, 0) - positives;
  const sum2 = sides.reduce((total, side) => total + side.sum2, 0) - 2 * (of?.sum ?? 0) + positives;
  return { group, n, gap: calibrationGap({ n, sum, sum2 }), error: none };
}

/** Every measure of fairness between some groups. Pure. */
export function measuresOf(groups: readonly GroupFound[]): FairnessFound[] {
  const known = {
    rates: groups.map(({ rates }) => rates),
    calibrations: groups.map(({ calibration }) => calibration),
  };
  return FAIRNESS_MEASURES.map((measure) => {
    const found = measure.of(known);
    const { id, title, asks, kind, limit } = measure;
    const verdict = fairnessVerdict(measure, found);
    const what = { id, title, asks, kind, limit, verdict };
    if (!('value' in found))
      return {
        ...what,
        value: null,
        low: null,
        high: null,
        lowest: null,
        highest: null,
        status: found.reason,
      };
    const { value, low, high, lowest, highest } = found;
    return { ...what, value, low, high, lowest, highest, status: 'ok' };
  });
}
