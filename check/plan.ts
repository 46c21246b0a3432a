import { TRUTH_WORDS } from '../tables/rules/booleans.ts';
import { type ColumnType, type InferredType, inferType } from '../tables/rules/infer.ts';
import { type Axis, axisOf } from './axis.ts';
import type { CountedColumn, CountPlan } from './count.ts';
import type { ColumnSurvey } from './survey.ts';
import { FREQUENT, LONGEST_CATEGORY } from './survey-sql.ts';

/** A column of both tables with what was decided about it. */
export interface PlannedColumn extends InferredType {
  readonly name: string;
  readonly reference: ColumnSurvey;
  readonly plan: CountPlan;
}

/** Decides from the reference's survey how a column is counted; a type given by the user wins over the inferred one. */
export function planColumn(reference: ColumnSurvey, given?: ColumnType): PlannedColumn {
  const inferred: InferredType = given
    ? { type: given, skip: given === 'time' ? 'time' : null }
    : inferType(reference);
  const axis = inferred.skip === null ? axisFor(inferred.type, reference) : null;
  const categories = inferred.skip === null && axis === null;
  const crowded = categories && reference.distinct > FREQUENT && reference.top.length > 0;
  return {
    name: reference.name,
    ...inferred,
    reference,
    plan: {
      name: reference.name,
      type: inferred.type,
      axis,
      known: crowded ? reference.top : null,
      ...(crowded ? { crowded } : {}),
      clipped: reference.maxLength > LONGEST_CATEGORY,
      presenceOnly: inferred.skip !== null,
    },
  };
}

function axisFor(type: ColumnType, survey: ColumnSurvey): Axis | null {
  if (type === 'numeric')
    return axisOf(survey.quantiles, survey.min ?? 0, survey.max ?? 1, survey.integers >= survey.numbers);
  if (type !== 'text') return null;
  const { meanLength, maxLength } = survey;
  const lengths = [
    0,
    0,
    0,
    meanLength / 2,
    meanLength,
    1.5 * meanLength,
    2 * meanLength,
    maxLength,
    maxLength,
  ];
  return axisOf(lengths, 0, maxLength, true);
}

/** Spellings of booleans that formats change on their own: they mean the same and are told as one. */
const TRUTHS: ReadonlySet<string> = new Set(TRUTH_WORDS);

/**
 * A boolean column's counts by the words that the reference has, which are counted in any case: `Y` stays `Y`. True and false
 * are told in small letters, as each program writes them otherwise.
 */
export function asSpelt({ type, reference }: PlannedColumn, counted: CountedColumn): CountedColumn {
  if (type !== 'boolean') return counted;
  const spelt = new Map<string, string>();
  for (const word of reference.top) {
    const small = word.toLowerCase();
    if (!TRUTHS.has(small) && /^[a-z]+$/.test(small) && !spelt.has(small)) spelt.set(small, word);
  }
  if (spelt.size === 0) return counted;
  const counts = new Map([...counted.counts].map(([name, count]) => [spelt.get(name) ?? name, count]));
  return { ...counted, counts };
}

/** The plan for the current table: it counts what the reference knows, and lumps the rest. */
export function currentPlan(plan: CountPlan, { counts, slots }: CountedColumn): CountPlan {
  return plan.axis || plan.presenceOnly
    ? plan
    : { ...plan, known: [...counts.keys()], crowded: slots !== undefined };
}
