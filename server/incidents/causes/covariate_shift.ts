import { count, decimal, evidenceOf } from '../fact.ts';
import { brokenColumns, evidenceFor, type Hypothesis } from './cause.ts';

/** The inputs themselves changed: other people, another season, another source. */
export const covariate_shift: Hypothesis = {
  kind: 'covariate_shift',
  title: 'Covariate shift',
  advice: 'See how the column moved, and whether the model was trained on such data.',
  explain(facts) {
    const broken = brokenColumns(facts);
    return evidenceFor('covariate_shift', facts)
      .filter(({ column }) => !broken.has(column))
      .map((fact) => ({
        column: fact.column,
        shift: fact.peak.value ?? 0,
        sentence: `${fact.column} is distributed unlike its reference: JS distance ${decimal(fact.peak.value ?? 0)}, interval ${decimal(fact.peak.low ?? 0)} to ${decimal(fact.peak.high ?? 0)}, threshold ${decimal(fact.peak.threshold ?? 0)}, n = ${count(fact.peak.n)}.`,
        evidence: evidenceOf(fact),
      }));
  },
};
