import { evidenceOf, increase, percent } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

/** A feature is sent as another type than it was. */
export const type_change: Hypothesis = {
  kind: 'type_change',
  title: 'Changed type',
  advice: 'Compare the sender with the schema: a number that became text, a text that became a number.',
  explain: (facts) =>
    evidenceFor('type_change', facts).map((fact) => ({
      column: fact.column,
      // A share ε of rows in a bin of their own is a distance of about √ε.
      shift: Math.sqrt(increase(fact.peak)),
      sentence: `${fact.column} has values of another type in ${percent(fact.peak.value ?? 0)} of rows, against ${percent(fact.peak.baseline ?? 0)} at the reference.`,
      evidence: evidenceOf(fact),
    })),
};
