import type { ProfileRemark } from '../../contract/table-profile.ts';
import { whyIdentifier } from '../../tables/rules/infer.ts';
import type { CountedColumn } from '../count.ts';
import type { PlannedColumn } from '../plan.ts';
import { FREQUENT } from '../survey-sql.ts';

/** Share of a column's values in one of them that leaves little to learn. */
const ALMOST = 0.99;
const MOSTLY_MISSING = 0.5;
/** A text column with this share of numbers, and this share of others, holds both. */
const MIXED = 0.05;

/**
 * What a reader should know of a column before using it, the worst first: pure, from what was surveyed and counted.
 * @param distinct distinct values, as far as they are known.
 */
export function remarksOn(
  { type, skip, reference: survey, plan }: PlannedColumn,
  counted: CountedColumn,
  distinct: number | null,
): ProfileRemark[] {
  const given = counted.n - counted.missing;
  if (given === 0) return [{ kind: 'all_missing', severity: 'warning', sentence: 'has no value' }];
  const remarks: ProfileRemark[] = [];
  const add = (kind: ProfileRemark['kind'], severity: ProfileRemark['severity'], sentence: string) =>
    remarks.push({ kind, severity, sentence });
  const present = Math.max(1, survey.n - survey.missing);

  if (distinct === 1) add('constant', 'warning', 'has one value only');
  else {
    const most = mostFrequent(counted);
    if (most !== null && most.n > ALMOST * given && given >= 100)
      add('almost_constant', 'warning', `${share(most.n, given)} of the values are the same`);
  }
  if (counted.missing > MOSTLY_MISSING * counted.n)
    add('mostly_missing', 'warning', `${share(counted.missing, counted.n)} of the rows have no value`);
  if (counted.invalid > 0)
    add(
      'mixed_types',
      'warning',
      `${counted.invalid.toLocaleString('en-US')} of its values are not ${type === 'numeric' ? 'finite numbers' : `of type ${type}`}`,
    );
  const numbers = survey.numbers / present;
  if (type === 'categorical' && skip === null && numbers > MIXED && numbers < 1 - MIXED)
    add(
      'mixed_types',
      'warning',
      `${share(survey.numbers, present)} of its values read as numbers, the others do not`,
    );
  if ((survey.infinite ?? 0) > 0) add('infinite', 'warning', 'has infinite values');
  if (skip === 'identifier') add('identifier', 'note', `is ${whyIdentifier(survey)}`);
  if (skip === 'nested') add('nested', 'note', 'holds nested values');
  if (type === 'text') add('free_text', 'note', 'is free text; its figures are of the length in characters');
  if (type === 'categorical' && skip === null && numbers >= 1 - MIXED)
    add('code', 'note', 'its digits name rather than measure');
  if (type === 'categorical' && skip === null && distinct !== null && distinct > FREQUENT)
    add('many_categories', 'note', `has more than ${FREQUENT.toLocaleString('en-US')} categories`);
  if (plan.axis?.kind === 'asinh' && type === 'numeric')
    add('far_values', 'note', 'has values very far from its middle');
  return remarks.sort((a, b) => Number(a.severity === 'note') - Number(b.severity === 'note'));
}

/** The most frequent category, or the fullest cell where each holds one whole number. */
function mostFrequent({ counts, grid }: CountedColumn): { readonly n: number } | null {
  const all = counts.size > 0 ? counts : grid;
  let n = 0;
  for (const count of all.values()) n = Math.max(n, count);
  return n === 0 ? null : { n };
}

function share(count: number, n: number): string {
  const percent = (100 * count) / n;
  return `${percent > 99.9 && count < n ? '>99.9' : percent.toFixed(percent < 10 || percent > 99 ? 1 : 0)} %`;
}
