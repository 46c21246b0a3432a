import { evidenceOf, increase, percent } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

/** A feature ceased to be filled. */
export const missing_values: Hypothesis = {
  kind: 'missing_values',
  title: 'Missing values',
  advice: 'Find the step that fills this feature, and what changed in it at that time.',
  explain: (facts) =>
    evidenceFor('missing_values', facts).map((fact) => ({
      column: fact.column,
      // A share ε of rows in a bin of their own is a distance of about √ε.
      shift: Math.sqrt(increase(fact.peak)),
      sentence: `${fact.column} is missing in ${percent(fact.peak.value ?? 0)} of rows, against ${percent(fact.peak.baseline ?? 0)} at the reference.`,
      evidence: evidenceOf(fact),
    })),
};
