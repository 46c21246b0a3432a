import { segmentText } from '../../../contract/segment-key.ts';
import { type GroupRates, groupRates } from '../../../stats/fairness/group-rates.ts';
import { FAIRNESS_MEASURES, type FairnessMeasure } from '../../../stats/fairness/measures.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import { binaryCounts, confusionCells } from '../../../stats/performance/confusion.ts';
import { CONFUSION_SEPARATOR, present } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import { inGroup, type QualityRecipe } from '../subject.ts';

/** Measures of answers and labels; calibration is made of scores. */
export const OF_ANSWERS: readonly FairnessMeasure[] = FAIRNESS_MEASURES.filter(
  ({ id }) => id !== 'calibration_difference',
);

/** Those that are known without labels. */
const SELECTION = new Set(['demographic_parity_difference', 'disparate_impact']);

const ANSWERS = '_prediction';
const CONFUSION = '_confusion';
/** Positive answers, then right and wrong ones of both classes. */
const COUNTS = 5;

/**
 * A measure of fairness between the groups of a protected attribute, from the profiles of their segments: how many answers each group
 * has, then its counts. `minimum`: groups with fewer are left out.
 */
export function groupsRecipe(
  { task, positive: scored, named = null, groups, known }: LabelledModel,
  wanted: string,
  attribute: string,
  minimum: number,
): QualityRecipe | { readonly reason: string } {
  const keys = groups?.get(attribute) ?? [];
  const positive = scored ?? named;
  if (groups === undefined || groups.size === 0) return { reason: 'no_protected_attributes' };
  if (task !== 'binary') return { reason: task === 'unknown' ? 'task_not_settled' : 'needs_two_classes' };
  if (positive === null) return { reason: 'positive_class_unknown' };
  if (keys.length < 2) return { reason: 'fewer_than_two_groups' };
  const measure = OF_ANSWERS.find(({ id }) => id === wanted) ?? OF_ANSWERS[0]!;
  const column = SELECTION.has(measure.id) ? ANSWERS : CONFUSION;
  if (!known.has(column)) return { reason: column === ANSWERS ? 'no_answers_to_compare' : 'no_labels' };
  const of = keys.length;
  return {
    metric: measure.id,
    of: positive,
    better: measure.kind === 'ratio' ? 'higher' : 'lower',
    columns: [column],
    groups: keys,
    labelledIn: [column],
    width: of * (1 + COUNTS),
    counted: of,
    add(profiles, into) {
      keys.forEach((key, k) => {
        const profile = profiles.get(inGroup(key, column));
        if (profile === undefined) return;
        const at = of + k * COUNTS;
        into[k]! += present(profile);
        if (column === ANSWERS) {
          into[at]! += profile.counts.get(positive) ?? 0;
          return;
        }
        const { tp, fp, fn, tn } = binaryCounts(
          confusionCells(profile.counts, CONFUSION_SEPARATOR),
          positive,
        );
        for (const [j, count] of [tp + fp, tp, fp, fn, tn].entries()) into[at + j]! += count;
      });
    },
    quality(sums) {
      const rates = keys.map((key, k): GroupRates => {
        const [selected = 0, tp = 0, fp = 0, fn = 0, tn = 0] = sums.slice(of + k * COUNTS);
        const n = sums[k]!;
        return { ...groupRates(segmentText(key), { tp, fp, fn, tn }), n, selection: proportion(selected, n) };
      });
      const judged = rates.filter(({ n }) => n >= minimum);
      const n = judged.reduce((sum, group) => sum + group.n, 0);
      if (judged.length < 2) return { reason: 'groups_too_small', n };
      return { ...measure.of({ rates: judged, calibrations: [] }, minimum), n };
    },
  };
}
