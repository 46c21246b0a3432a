import { count, decimal, evidenceOf } from '../fact.ts';
import { BROKEN, type Hypothesis } from './cause.ts';

/** The inputs themselves changed: other people, another season, another source. */
export const covariate_shift: Hypothesis = {
  kind: 'covariate_shift',
  title: 'Covariate shift',
  advice: 'See how the column moved, and whether the model was trained on such data.',
  explain(facts) {
    const broken = new Set(facts.filter(({ kind }) => BROKEN.has(kind)).map(({ column }) => column));
    return facts
      .filter(({ kind, column }) => kind === 'drift' && !broken.has(column))
      .map((fact) => ({
        column: fact.column,
        shift: fact.peak.value ?? 0,
        sentence: `${fact.column} is distributed unlike its reference: JS distance ${decimal(fact.peak.value ?? 0)}, interval ${decimal(fact.peak.low ?? 0)} to ${decimal(fact.peak.high ?? 0)}, threshold ${decimal(fact.peak.threshold ?? 0)}, n = ${count(fact.peak.n)}.`,
        evidence: evidenceOf(fact),
      }));
  },
};
