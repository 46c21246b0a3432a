import { normalQuantile } from '../../stats/distributions/normal.ts';
import { proportionDifference } from '../../stats/intervals/proportion.ts';
import type { AsIfCounted } from '../../stats/missing-mass.ts';
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

/** From this rise on, new categories are told of, also below their limit, when chance does not explain them. */
const NEW_CATEGORY_TOLD = 0.005;
/** Chance of any of them being told of in a whole table without change. */
const FALSE_TOLD = 0.005;

/** Counts of the current table that the reference has no place for. */
export interface Strange {
  readonly outOfRange: number;
  readonly newValues: number;
  /** The share of such values that the reference itself did not see of what it was drawn from. */
  readonly unseen: AsIfCounted;
}

/** Fewer values than this say nothing about a column that stands still. */
const STUCK_FROM = 100;
/** Chance of any false finding in a whole table without change. */
const FALSE_FINDINGS = 0.02;

/**
 * The findings of one column, as sentences; empty when the data is as sound as the reference.
 * @param columns how many columns are looked at: the bounds hold for all of them together (Bonferroni).
 */
export function qualityFindings(
  reference: CountedColumn,
  current: CountedColumn,
  strange: Strange,
  limits: QualityLimits,
  columns: number,
): string[] {
  const findings: string[] = [];
  const z = normalQuantile(1 - FALSE_FINDINGS / Math.max(1, columns));
  const tell = (what: string, before: number, after: number, limit: number, of = reference.n) => {
    const rise = proportionDifference(before, of, after, current.n, z);
    if ('value' in rise && rise.low > limit)
      findings.push(`${what} rose from ${percent(before, of)} to ${percent(after, current.n)}`);
  };
  tell('missing values', reference.missing, current.missing, limits.missing);
  tell('values of the wrong type', reference.invalid, current.invalid, limits.invalid);
  tell('values outside the reference range', 0, strange.outOfRange, limits.outOfRange);
  const { hits, n: of } = strange.unseen;
  tell(newValues(current), hits, strange.newValues, limits.newCategory, of);
  if (isStuck(reference, current, FALSE_FINDINGS / Math.max(1, columns)))
    findings.push('has one value only, where the reference varies');
  return findings;
}

/** What is no finding but certain: new categories from half a point on, more than were to be expected; bounds hold for all columns together. */
export function smallFindings(
  current: CountedColumn,
  { newValues: count, unseen: { hits, n: of } }: Strange,
  limits: QualityLimits,
  columns: number,
): string[] {
  const z = normalQuantile(1 - FALSE_TOLD / Math.max(1, columns));
  const rise = proportionDifference(hits, of, count, current.n, z);
  if (!('value' in rise) || rise.low <= 0 || rise.value < NEW_CATEGORY_TOLD) return [];
  if (rise.low > limits.newCategory) return [];
  return [`${newValues(current)} rose from ${percent(hits, of)} to ${percent(count, current.n)}`];
}

/**
 * Whether a column holds one value only and chance does not explain it: if nothing had changed, each of the reference's
 * k other values would lie in the reference by luck, which has the chance (m / (m + n))ᵏ.
 */
function isStuck(reference: CountedColumn, current: CountedColumn, chance: number): boolean {
  const [m, n] = [given(reference), given(current)];
  if (current.distinct !== 1 || reference.distinct === 1 || n < STUCK_FROM) return false;
  const [cell] = current.grid.keys();
  const [name] = current.counts.keys();
  const same =
    (cell === undefined ? undefined : reference.grid.get(cell)) ?? reference.counts.get(name ?? '') ?? 0;
  return (m / (m + n)) ** (m - same) <= chance;
}

function given({ n, missing, invalid }: CountedColumn): number {
  return n - missing - invalid;
}

function newValues({ strangers }: CountedColumn): string {
  const named = strangers.slice(0, 3).map((name) => `"${name.slice(0, 40)}"`);
  return named.length === 0 ? 'new categories' : `new categories (${named.join(', ')})`;
}

/** `percent(1, 8)` → '12 %' */
export function percent(count: number, n: number): string {
  if (n === 0) return '0 %';
  const share = (100 * count) / n;
  const digits = share === 0 || share >= 10 ? 0 : share >= 1 ? 1 : 2;
  return `${share.toFixed(digits)} %`;
}
