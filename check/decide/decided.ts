import type { CheckTest } from '../../contract/check.ts';
import type { ColumnType } from '../../tables/rules/infer.ts';
import type { Decision } from '../config/settings.ts';
import type { CheckOptions } from '../options.ts';

/** Drift decided by another rule than the default score's lower bound. */
export interface Decided {
  /** Id of the test, with the tool's before it where it is another tool's. */
  readonly id: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly drifted: boolean;
  /** Why there is no value. */
  readonly reason?: string;
  readonly test: CheckTest;
}

/** What was said of how a column is decided: for the column, else for its kind, else for all. */
export function decisionFor(
  options: Pick<CheckOptions, 'decision' | 'numeric' | 'categorical' | 'columns'>,
  name: string,
  type: ColumnType,
): Decision {
  const kind = type === 'numeric' || type === 'text' ? options.numeric : options.categorical;
  const own = options.columns[name] ?? {};
  let decided: Decision = {};
  for (const { test, threshold } of [options.decision, kind, own]) {
    // A threshold belongs to its test.
    const base = test === undefined || test === decided.test ? decided : { test };
    decided = threshold === undefined ? base : { ...base, threshold };
  }
  return decided;
}
