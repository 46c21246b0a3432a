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
  const crowded = reference.distinct > FREQUENT && reference.top.length > 0;
  return {
    name: reference.name,
    ...inferred,
    reference,
    plan: {
      name: reference.name,
      type: inferred.type,
      axis: inferred.skip === null ? axisFor(inferred.type, reference) : null,
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

/** The plan for the current table: it counts what the reference knows, and lumps the rest. */
export function currentPlan(plan: CountPlan, { counts, slots }: CountedColumn): CountPlan {
  return plan.axis || plan.presenceOnly
    ? plan
    : { ...plan, known: [...counts.keys()], crowded: slots !== undefined };
}
