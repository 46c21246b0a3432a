import type { Cause } from '../../../contract/incident.ts';
import { kindOf } from '../../monitors/kinds/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Fact } from '../fact.ts';

/** What a hypothesis is held against: the alerts of an incident, and all that may be asked about the time around it. */
export interface Case {
  readonly facts: readonly Fact[];
  readonly evidence: Evidence;
}

/** An explanation with its own strength, before it is ranked against the others. */
export interface Explanation {
  /** The columns it is about; none for a cause of the whole model. */
  readonly columns: readonly string[];
  /** How much of what changed there it accounts for, 0 to 1. */
  readonly fit: number;
  /** Ids of the alerts it explains. */
  readonly explains: readonly string[];
  /** How much of what it predicts is not seen, 0 to 1; 0 when absent. */
  readonly unseen?: number;
  /** No monitor of a column would see it: that none of its columns is alerted says nothing. */
  readonly silent?: boolean;
  /** What happened, without its moment, in names and statistics; never a value of a column. */
  readonly sentence: string;
  readonly evidence: Cause['evidence'];
}

/** One hypothesis about what happened: which of an incident's alerts it explains, and how well. Pure. */
export interface Hypothesis {
  readonly kind: string;
  readonly title: string;
  /** What it rests on and what it cannot know, for the page about it. */
  readonly about: string;
  /** What to do about it: on the incident page, in messages, in the docs. */
  readonly advice: string;
  /** How much a perfect fit is worth, 0 to 1: other causes may look alike. What the drill measures. */
  readonly trust: number;
  /** It is about values that the reference does not list: who asks for the incident is told which. */
  readonly namesNewValues?: boolean;
  explain(about: Case): Explanation[];
}

/** The facts that a hypothesis is about: those of the kinds of monitor that name it as their cause. */
export function evidenceFor(cause: string, facts: readonly Fact[]): Fact[] {
  return facts.filter(({ kind }) => kindOf(kind)?.cause === cause);
}

/** Columns that an alert says are broken: their drift is a consequence then, not a cause. */
export function brokenColumns(facts: readonly Fact[]): Set<string> {
  return new Set(facts.filter(({ kind }) => kindOf(kind)?.role === 'broken').map(({ column }) => column));
}

/** What goes wrong with a model when its inputs do: what it answers, and how often it is right. */
export function isConsequence({ kind, column }: Fact): boolean {
  const { harm, role } = kindOf(kind) ?? {};
  return harm === 'quality' || (role === 'shift' && isAnswer(column));
}

/** Alerts of these columns, and what follows from them. */
export function follows(facts: readonly Fact[], columns: readonly string[]): string[] {
  return facts
    .filter((fact) => isConsequence(fact) || columns.includes(fact.column))
    .map(({ alert }) => alert);
}

/** Alerts that do not tell of an input. */
export function isAnswer(column: string): boolean {
  return column === '' || column.startsWith('_');
}
