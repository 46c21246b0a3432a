import { share } from './compare/column.ts';
import type { CountedColumn } from './count.ts';
import type { PlannedColumn } from './plan.ts';
import type { JudgedColumn } from './verdict.ts';

const WHY: Record<NonNullable<PlannedColumn['skip']>, string> = {
  identifier: 'an identifier: its values hardly repeat',
  all_missing: 'has no value in the reference',
  time: 'a time',
  nested: 'holds nested values',
};

/** A column that is not compared, with the reason. */
export function skippedColumn(
  { name, type, skip }: PlannedColumn,
  reference: CountedColumn,
  current: CountedColumn,
): JudgedColumn {
  const nothing = { reference: null, current: null };
  return {
    name,
    type,
    status: 'skipped',
    reasons: [WHY[skip!]],
    missing: {
      reference: share(reference.missing, reference.n),
      current: share(current.missing, current.n),
    },
    invalid: nothing,
    score: null,
    tests: {},
    summary: { mean: nothing, std: nothing, min: nothing, max: nothing, distinct: nothing },
    bins: [],
  };
}
