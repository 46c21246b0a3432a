import type { Cause } from '../../contract/incident.ts';
import { HYPOTHESES } from './causes/index.ts';
import type { Fact } from './fact.ts';

/** A column without any importance may still have broken something. */
const LEAST = 0.02;

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
