import { Z_ONE_SIDED_95 } from '../../stats/normal.ts';
import { proportionDifference } from '../../stats/proportion.ts';
import type { CountedColumn } from '../count.ts';

/** Points by which a share may rise before it is a finding; the lower bound of the rise is compared. */
export interface QualityLimits {
  readonly missing: number;
  readonly invalid: number;
  readonly newCategory: number;
  readonly outOfRange: number;
}

export const QUALITY_LIMITS: QualityLimits = {
  missing: 0.02,
  invalid: 0.005,
  newCategory: 0.02,
  outOfRange: 0.02,
};

/** Counts of the current table that the reference has no place for. */
export interface Strange {
  readonly outOfRange: number;
  readonly newValues: number;
}

/** The findings of one column, as sentences; empty when the data is as sound as the reference. */
export function qualityFindings(
  reference: CountedColumn,
  current: CountedColumn,
  strange: Strange,
  limits: QualityLimits,
): string[] {
  const findings: string[] = [];
  const rise = (before: number, after: number) => {
    const difference = proportionDifference(before, reference.n, after, current.n, Z_ONE_SIDED_95);
    return 'value' in difference ? difference.low : 0;
  };
  const tell = (what: string, before: number, after: number, limit: number) => {
    if (rise(before, after) > limit)
      findings.push(`${what} rose from ${percent(before, reference.n)} to ${percent(after, current.n)}`);
  };
  tell('missing values', reference.missing, current.missing, limits.missing);
  tell('values of the wrong type', reference.invalid, current.invalid, limits.invalid);
  tell('values outside the reference range', 0, strange.outOfRange, limits.outOfRange);
  tell('new categories', 0, strange.newValues, limits.newCategory);
  const spread = current.distinct === 1 && reference.distinct > 1 && current.n - current.missing >= 100;
  if (spread) findings.push('has one value only, where the reference varies');
  return findings;
}

/** `percent(1, 8)` → '12.5 %' */
export function percent(count: number, n: number): string {
  if (n === 0) return '0 %';
  const share = (100 * count) / n;
  const digits = share === 0 || share >= 10 ? 0 : share >= 1 ? 1 : 2;
  return `${share.toFixed(digits)} %`;
}
