import type { Cause, Priority } from '../../contract/incident.ts';
import { kindOf } from '../monitors/kinds/index.ts';
import { HYPOTHESES } from './causes/index.ts';
import type { Fact } from './fact.ts';
import { titleOf } from './title.ts';

/** A column without any importance may still have broken something. */
const LEAST = 0.02;

export interface Story {
  readonly title: string;
  readonly priority: Priority;
  readonly causes: Cause[];
}

/** An incident told from its facts: one sentence, how urgent, what explains it. */
export function tell(facts: readonly Fact[], startedAt: number): Story {
  const causes = rankCauses(facts);
  const columns = [...new Set(causes.map(({ column }) => column).filter((name) => name !== ''))];
  return { title: titleOf(facts, columns, startedAt), priority: priorityOf(facts), causes };
}

/**
 * How urgent an incident is: as urgent as the worst of its alerts, of which each kind says how urgent it is. Broken data in
 * a column that hardly matters, and what its owner marked as a ticket, is P3.
 */
export function priorityOf(facts: readonly Fact[]): Priority {
  return `P${Math.min(3, ...facts.map(urgency))}` as Priority;
}

function urgency({ kind, severity, prominence }: Fact): number {
  if (severity === 'ticket') return 3;
  const { harm, urgency = 2 } = kindOf(kind) ?? {};
  const minor = harm === 'data' && prominence !== null && prominence < 0.5;
  return minor ? 3 : urgency;
}

/**
 * What explains an incident, the strongest first: shift × importance. `confidence` is the share of an explanation in
 * the sum of all. Effects (prediction drift, lost quality, slow answers) explain nothing and are not among them.
 */
export function rankCauses(facts: readonly Fact[]): Cause[] {
  const importance = new Map(facts.map((fact) => [fact.column, fact.importance]));
  const weighed = HYPOTHESES.flatMap(({ kind, explain }) =>
    explain(facts).map(({ shift, ...explanation }) => ({
      kind,
      ...explanation,
      weight: shift * weightOf(explanation.column, importance),
    })),
  ).sort((a, b) => b.weight - a.weight);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed.map(({ weight, ...cause }) => ({
    ...cause,
    confidence: total > 0 ? Number((weight / total).toFixed(3)) : 0,
  }));
}

function weightOf(column: string, importance: ReadonlyMap<string, number | null>): number {
  const known = [...importance.values()].filter((share) => share !== null);
  if (known.length === 0 || column === '') return 1;
  // A column that came after importance was measured counts like an average one.
  const average = known.reduce((sum, share) => sum + share, 0) / known.length;
  return Math.max(LEAST, importance.get(column) ?? average);
}
