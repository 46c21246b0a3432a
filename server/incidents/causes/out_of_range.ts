import { evidenceOf, increase, percent } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

/** Values came that are smaller or larger than any the model has been trained on. */
export const out_of_range: Hypothesis = {
  kind: 'out_of_range',
  title: 'Out of range',
  advice:
    'Look for a changed unit, a sentinel such as -1 or 9999, or a world that went beyond the training data.',
  explain: (facts) =>
    evidenceFor('out_of_range', facts).map((fact) => ({
      column: fact.column,
      // A share ε of rows in a bin of their own is a distance of about √ε.
      shift: Math.sqrt(increase(fact.peak)),
      sentence: `${fact.column} lies outside the range of the reference in ${percent(fact.peak.value ?? 0)} of rows, against ${percent(fact.peak.baseline ?? 0)} before.`,
      evidence: evidenceOf(fact),
    })),
};
