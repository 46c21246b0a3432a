import type { Priority } from '../../contract/incident.ts';
import { kindOf } from '../monitors/kinds/index.ts';
import type { Fact } from './fact.ts';

/**
 * How urgent an incident is. Lost quality, errors and no predictions at all are P1; slow answers, unusual volume and
 * broken data in a column that matters are P2; drift alone, and what its owner marked as a ticket, is P3.
 * `columns`: how many columns the model has, to tell an important one from the rest.
 */
export function priorityOf(facts: readonly Fact[], columns: number): Priority {
  const urgencies = facts.map((fact) => urgency(fact, columns));
  return `P${Math.min(3, ...urgencies)}` as Priority;
}

function urgency({ kind, severity, importance }: Fact, columns: number): number {
  if (severity === 'ticket') return 3;
  const { harm, urgency = 2 } = kindOf(kind) ?? {};
  const minor = harm === 'data' && importance !== null && importance * columns < 0.5;
  return minor ? 3 : urgency;
}
