import { DELAY_GRID } from '../profile.ts';
import { besideSegments, type RollUpPlan, type Statement } from '../roll-up/plan.ts';

/** The statements of all rows, and before them those of each segment where predictions are split. `values`: what one takes on. */
export function ofAllAndSegments(
  plan: RollUpPlan,
  values: number,
  of: (plan: RollUpPlan, values: number) => Generator<Statement>,
): Generator<Statement>[] {
  const { splits } = plan;
  const segments = splits.length === 0 ? [] : [of(besideSegments(plan), values / splits.length)];
  return [...segments, of(plan, values)];
}

export interface Delays {
  /** A subquery with `bucket`, `version`, `segment` and what the rest names. */
  readonly rows: string;
  /** Name of the profile, and what it is told apart by. */
  readonly column: string;
  readonly by?: string;
  /** Milliseconds from a prediction to what came for it; of these rows. */
  readonly delay: string;
  readonly where: string;
}

/** The subquery of numericProfiles for how long after their predictions something came. */
export function delayNumbers({ rows, column, by, delay, where }: Delays): string {
  return `SELECT bucket, version, segment, count() AS rows, toUInt64(0) AS invalid, ${column} AS column,
      groupArray(toFloat64(${delay})) AS collected, toInt64(9007199254740991) AS first,
      toFloat64(${DELAY_GRID.center}) AS center, toFloat64(${DELAY_GRID.scale}) AS scale
    FROM (${rows})
    WHERE ${where}
    GROUP BY bucket, version, segment${by === undefined ? '' : `, ${by}`}`;
}
