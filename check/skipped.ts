import { whyIdentifier } from '../tables/rules/infer.ts';
import { share } from './compare/column.ts';
import type { CountedColumn } from './count.ts';
import type { PlannedColumn } from './plan.ts';
import type { JudgedColumn } from './verdict.ts';

const WHY: Record<Exclude<PlannedColumn['skip'], null | 'identifier'>, string> = {
  all_missing: 'has no value in the reference',
  time: 'a time',
  nested: 'holds nested values',
};

/** A column that is not compared, with the reason; it fails when it breaks a rule. */
export function skippedColumn(
  { name, type, skip, reference: survey }: PlannedColumn,
  reference: CountedColumn,
  current: CountedColumn,
  broken: readonly string[],
): JudgedColumn {
  const nothing = { reference: null, current: null };
  return {
    name,
    type,
    status: broken.length > 0 ? 'quality' : 'skipped',
    reasons: broken.length > 0 ? [...broken] : [skip === 'identifier' ? whyIdentifier(survey) : WHY[skip!]],
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
