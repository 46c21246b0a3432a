import { evidenceOf, increase, percent } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

/** Categories came that the model has not been trained on. */
export const new_category: Hypothesis = {
  kind: 'new_category',
  title: 'New categories',
  advice: 'See which categories are new: a renamed code, a new product, another language.',
  explain: (facts) =>
    evidenceFor('new_category', facts).map((fact) => ({
      column: fact.column,
      // A share ε of rows in a bin of their own is a distance of about √ε.
      shift: Math.sqrt(increase(fact.peak)),
      sentence: `${percent(fact.peak.value ?? 0)} of rows have a category of ${fact.column} that the reference does not list, against ${percent(fact.peak.baseline ?? 0)} at the reference.`,
      evidence: evidenceOf(fact),
    })),
};
