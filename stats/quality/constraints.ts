import { proportion } from '../intervals/proportion.ts';
import type { Estimate } from '../outcome.ts';

/** What constraints need of a column's profile. */
export interface ColumnSummary {
  readonly name: string;
  /** 'numeric', 'categorical', 'boolean' … compared by name only. */
  readonly type: string;
  /** Rows, missing and invalid ones included. */
  readonly n: number;
  readonly missing: number;
  readonly invalid: number;
  /** Extremes of the numbers; null without any. */
  readonly min: number | null;
  readonly max: number | null;
  /** Rows by category; what is not listed is in `other`. */
  readonly counts: ReadonlyMap<string, number>;
  readonly other: number;
}

/** What a column must hold to; plain JSON, to be edited by hand. */
export interface ColumnConstraints {
  readonly name: string;
  readonly type: string;
  /** Largest share of missing and of invalid values, in [0, 1]. */
  readonly maxMissing: number;
  readonly maxInvalid: number;
  /** Least and greatest number; absent: any. */
  readonly range?: readonly [low: number, high: number];
  /** The categories there may be; absent: any. */
  readonly allowed?: readonly string[];
}

export interface SuggestionOptions {
  /** How far beyond the reference's extremes numbers may go, as a part of their distance. Default 0.1. */
  readonly slack?: number;
  /** Columns with more categories are left open. Default 50. */
  readonly mostAllowed?: number;
}

/**
 * Constraints that the reference itself meets: its type; its share of missing and invalid values, up to the upper 95 % bound; its range with
 * some slack, but never below 0 when it was not; its categories, when they are few and each is seen ten times on average.
 * @example suggestConstraints(summaries)[0] // { name: 'age', type: 'numeric', maxMissing: 0.004, maxInvalid: 0.004, range: [9.7, 97.3] }
 */
export function suggestConstraints(
  reference: readonly ColumnSummary[],
  { slack = 0.1, mostAllowed = 50 }: SuggestionOptions = {},
): ColumnConstraints[] {
  return reference.map((column) => {
    const range = suggestedRange(column, slack);
    const allowed = suggestedCategories(column, mostAllowed);
    return {
      name: column.name,
      type: column.type,
      maxMissing: upperShare(column.missing, column.n),
      maxInvalid: upperShare(column.invalid, column.n),
      ...(range && { range }),
      ...(allowed && { allowed }),
    };
  });
}

/** One constraint that a profile does not meet. */
export interface Violation {
  readonly column: string;
  readonly constraint: 'present' | 'type' | 'missing' | 'invalid' | 'range' | 'allowed';
  /** What was asked for, and what is there. */
  readonly expected: string | number;
  readonly observed: string | number;
  /** The share of rows concerned with its 95 % interval, where it is known. */
  readonly share?: Estimate;
}

/**
 * The constraints that a profile does not meet, in their order. A share breaks its limit only when its lower 95 % bound is above, so
 * that a small window is not blamed for chance. A column of another type is told as that alone. Columns without
 * constraints, and columns without rows, break none.
 * @example violations(summaries, constraints) // [{ column: 'age', constraint: 'range', expected: 97.3, observed: 999 }]
 */
export function violations(
  columns: readonly ColumnSummary[],
  constraints: readonly ColumnConstraints[],
): Violation[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return constraints.flatMap((rule) => {
    const column = byName.get(rule.name);
    if (!column)
      return [{ column: rule.name, constraint: 'present', expected: rule.type, observed: 'absent' } as const];
    if (column.type !== rule.type)
      return [{ column: rule.name, constraint: 'type', expected: rule.type, observed: column.type } as const];
    return [
      ...aboveShare(column, 'missing', rule.maxMissing),
      ...aboveShare(column, 'invalid', rule.maxInvalid),
      ...outside(column, rule.range),
      ...unknown(column, rule.allowed),
    ];
  });
}

function aboveShare(column: ColumnSummary, constraint: 'missing' | 'invalid', limit: number): Violation[] {
  const share = proportion(column[constraint], column.n);
  if (!('value' in share) || share.low <= limit) return [];
  return [{ column: column.name, constraint, expected: limit, observed: share.value, share }];
}

function outside({ name, min, max }: ColumnSummary, range: ColumnConstraints['range']): Violation[] {
  if (!range) return [];
  const broken: Violation[] = [];
  if (min !== null && min < range[0])
    broken.push({ column: name, constraint: 'range', expected: range[0], observed: min });
  if (max !== null && max > range[1])
    broken.push({ column: name, constraint: 'range', expected: range[1], observed: max });
  return broken;
}

function unknown(
  { name, counts, other, n }: ColumnSummary,
  allowed: ColumnConstraints['allowed'],
): Violation[] {
  if (!allowed) return [];
  const known = new Set(allowed);
  const strange = [...counts].filter(([category, count]) => count > 0 && !known.has(category));
  const rows = strange.reduce((sum, [, count]) => sum + count, other);
  const share = proportion(rows, n);
  if (rows === 0 || !('value' in share)) return [];
  const most = strange.sort((a, b) => b[1] - a[1]).slice(0, 5);
  const observed = most.length > 0 ? most.map(([category]) => category).join(', ') : 'rare categories';
  return [{ column: name, constraint: 'allowed', expected: `one of ${allowed.length}`, observed, share }];
}

function upperShare(count: number, n: number): number {
  const share = proportion(count, n);
  return 'high' in share ? share.high : 1;
}

function suggestedRange({ min, max }: ColumnSummary, slack: number): readonly [number, number] | null {
  if (min === null || max === null || !Number.isFinite(max - min)) return null;
  const beyond = slack * (max - min);
  return [min >= 0 ? Math.max(0, min - beyond) : min - beyond, max + beyond];
}

function suggestedCategories({ counts, other }: ColumnSummary, mostAllowed: number): string[] | null {
  const seen = [...counts].filter(([, count]) => count > 0);
  const rows = seen.reduce((sum, [, count]) => sum + count, 0);
  if (seen.length === 0 || seen.length > mostAllowed || other > 0 || rows < 10 * seen.length) return null;
  return seen.map(([category]) => category).sort();
}
