import type { CheckFairness } from '../../contract/check.ts';
import { groupCalibration } from '../../stats/fairness/group-calibration.ts';
import { groupRates } from '../../stats/fairness/group-rates.ts';
import { intersections } from '../../stats/fairness/intersections.ts';
import { FAIRNESS_MEASURES, fairnessVerdict } from '../../stats/fairness/measures.ts';
import { MIN_GROUP } from '../../stats/fairness/parity.ts';
import type { SampledColumn } from '../rows.ts';
import { partsOf } from './segments.ts';

/** Groups that are told of an attribute, the largest first. */
const MOST_GROUPS = 20;

/** What was true, what was answered and how sure the model was, of each row: 1, 0, or null where it is not known. */
export interface Answers {
  readonly label: readonly (number | null)[];
  readonly answer: readonly (number | null)[];
  /** Empty without a score. */
  readonly score: ArrayLike<number>;
}

/** Whether the groups of each protected attribute, and of all of them together, are treated alike. */
export function fairnessOf(
  attributes: ReadonlyMap<string, SampledColumn>,
  answers: Answers,
): CheckFairness[] {
  const values = new Map([...attributes].map(([name, column]) => [name, groupNames(name, column)]));
  const alone = [...values].map(([name, column]) => ({ name, of: { [name]: column } }));
  const all = { name: [...values.keys()].join(', '), of: Object.fromEntries(values) };
  return (values.size > 1 ? [...alone, all] : alone).map(({ name, of }) => ({
    attribute: name,
    ...measured(intersections(of), answers),
  }));
}

/** Categories by name; numbers by their quarter. */
function groupNames(name: string, column: SampledColumn): (string | null)[] {
  if (!(column instanceof Float64Array)) return [...column];
  const names = new Array<string | null>(column.length).fill(null);
  for (const { segment, rows } of partsOf(name, column))
    for (const row of rows) names[row] = segment.slice(name.length + 1);
  return names;
}

function measured(
  groups: ReadonlyMap<string, readonly number[]>,
  { label, answer, score }: Answers,
): Pick<CheckFairness, 'groups' | 'measures'> {
  const largest = [...groups].sort((a, b) => b[1].length - a[1].length).slice(0, MOST_GROUPS);
  const rates = largest.map(([group, rows]) => {
    const known = rows.filter((row) => label[row] !== null && answer[row] !== null);
    const n = (said: number, was: number) =>
      known.filter((row) => answer[row] === said && label[row] === was).length;
    return groupRates(group, { tp: n(1, 1), fp: n(1, 0), fn: n(0, 1), tn: n(0, 0) });
  });
  const calibrations = largest.map(([group, rows]) =>
    groupCalibration(group, {
      label: rows.map((row) => label[row] ?? Number.NaN),
      score: rows.map((row) => score[row] ?? Number.NaN),
    }),
  );
  return {
    groups: rates.map(({ group, n, ...of }) => ({
      ...{ group, n, too_small: n < MIN_GROUP },
      ...{ selection: of.selection, true_positive: of.truePositive, false_positive: of.falsePositive },
      ...{ false_negative: of.falseNegative, precision: of.precision },
    })),
    measures: FAIRNESS_MEASURES.map((measure) => {
      const found = measure.of({ rates, calibrations });
      const { id, title, kind, limit } = measure;
      return { ...{ id, title, kind, limit, verdict: fairnessVerdict(measure, found) }, ...found };
    }),
  };
}
