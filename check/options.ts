import type { CompareOptions } from './compare/column.ts';
import type { TestSet } from './compare/tests.ts';
import type { ColumnSettings, Decision } from './config/settings.ts';
import type { Rule } from './rules/rule.ts';

/** What a check is asked to do, flags and configuration file taken together. */
export interface CheckOptions extends CompareOptions {
  readonly current: string;
  readonly reference: string;
  readonly tests: TestSet;
  /** Names, or patterns with `*`. */
  readonly ignore: readonly string[];
  readonly label?: string;
  readonly prediction?: string;
  readonly score?: string;
  readonly time?: string;
  /** The class that counts as positive, where the data does not say. */
  readonly positive?: string;
  readonly task?: 'binary' | 'multiclass' | 'regression';
  readonly segments: readonly string[];
  /** Columns whose groups must not be treated differently. */
  readonly protected: readonly string[];
  /** Whether the rows are compared as a whole. */
  readonly multivariate: boolean;
  /** Another tool whose definitions decide. */
  readonly as?: string;
  /** What decides instead of the default score: for all columns, by kind. */
  readonly decision: Decision;
  readonly numeric: Decision;
  readonly categorical: Decision;
  /** What was said of single columns. */
  readonly columns: Readonly<Record<string, ColumnSettings>>;
  readonly rules: readonly Rule[];
  readonly notes: readonly string[];
}

/** Called as the work goes on: what is being done, and how far it is (0 to 1). */
export type Progress = (step: string, share: number) => void;

/** Whether a column is left out. `ignores({ ignore: ['debug_*'], columns: {} }, 'debug_a')` → true */
export function ignores(
  { ignore, columns }: Pick<CheckOptions, 'ignore' | 'columns'>,
  name: string,
): boolean {
  if (columns[name]?.ignore) return true;
  return ignore.some((pattern) => (pattern.includes('*') ? asPattern(pattern).test(name) : pattern === name));
}

function asPattern(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
