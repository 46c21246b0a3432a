import type { Cause } from '../../../contract/incident.ts';
import type { Fact } from '../fact.ts';

/** An explanation with its own strength, before it is ranked against the others. */
export interface Explanation extends Omit<Cause, 'kind' | 'confidence'> {
  /** 0 (nothing changed) to 1 (all did); it is weighed by the importance of the column. */
  readonly shift: number;
}

/** One hypothesis about what happened: which of an incident's facts it explains, and how. Pure. */
export interface Hypothesis {
  readonly kind: string;
  readonly title: string;
  /** What to do about it, for the incident page. */
  readonly advice: string;
  explain(facts: readonly Fact[]): Explanation[];
}

/** Kinds of alert that say that a column is broken; its drift is then a consequence, not a cause. */
export const BROKEN: ReadonlySet<string> = new Set(['missing', 'invalid', 'range', 'new_category']);
