import type { Cause } from '../../../contract/incident.ts';
import { kindOf } from '../../monitors/kinds/index.ts';
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
  /** It is about values that the reference does not list: who asks for the incident is told which. */
  readonly namesNewValues?: boolean;
  explain(facts: readonly Fact[]): Explanation[];
}

/** The facts that a hypothesis is about: those of the kinds of monitor that name it as their cause. */
export function evidenceFor(cause: string, facts: readonly Fact[]): Fact[] {
  return facts.filter(({ kind }) => kindOf(kind)?.cause === cause);
}

/** Columns that an alert says are broken: their drift is a consequence then, not a cause. */
export function brokenColumns(facts: readonly Fact[]): Set<string> {
  return new Set(facts.filter(({ kind }) => kindOf(kind)?.role === 'broken').map(({ column }) => column));
}
