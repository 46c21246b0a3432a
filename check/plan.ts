import { axisOf } from './axis.ts';
import type { CountPlan } from './count.ts';
import { type ColumnType, type InferredType, inferType } from './infer.ts';
import type { ColumnSurvey } from './survey.ts';

/** Above this many categories only the frequent ones are counted by name. */
const COUNTED_CATEGORIES = 1000;

/** A column of both tables with what was decided about it. */
export interface PlannedColumn extends InferredType {
  readonly name: string;
  readonly reference: ColumnSurvey;
  readonly current: ColumnSurvey;
  /** The type that the current table alone would have. */
  readonly currentType: ColumnType;
  readonly plan: CountPlan;
}

/** Decides from the reference's survey how a column is counted; a type given by the user wins over the inferred one. */
export function planColumn(
  reference: ColumnSurvey,
  current: ColumnSurvey,
  given?: ColumnType,
): PlannedColumn {
  const inferred = given
    ? { type: given, skip: given === 'time' ? ('time' as const) : null }
    : inferType(reference);
  const { type } = inferred;
  const measured = type === 'numeric' || type === 'text';
  const length = reference.meanLength;
  const axis = !measured
    ? null
    : type === 'text'
      ? axisOf(
          [0, 0, 0, length / 2, length, 1.5 * length, 0, 0, reference.maxLength],
          0,
          reference.maxLength,
          true,
        )
      : axisOf(
          reference.quantiles,
          reference.min ?? 0,
          reference.max ?? 1,
          reference.integers === reference.numbers,
        );
  const known = reference.distinct <= COUNTED_CATEGORIES ? null : reference.top.map(([name]) => name);
  return {
    name: reference.name,
    ...inferred,
    reference,
    current,
    currentType: inferType(current).type,
    plan: { name: reference.name, type, axis, known },
  };
}

/** The plan for the current table: it counts what the reference knows, and lumps the rest. */
export function currentPlan(plan: CountPlan, knownByReference: Iterable<string>): CountPlan {
  return plan.axis || plan.known ? plan : { ...plan, known: [...knownByReference] };
}
