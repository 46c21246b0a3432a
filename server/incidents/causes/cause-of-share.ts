import { evidenceOf, increase, percent } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

interface ShareCause extends Omit<Hypothesis, 'explain'> {
  /** What is said of a column, of the share of rows now and of that at the reference: `income is missing in 5 % …`. */
  sentence(column: string, share: string, before: string): string;
}

/** A hypothesis that rests on a share of rows that rose: of those that are missing, of another type, out of range, unknown. */
export function causeOfShare({ sentence, ...cause }: ShareCause): Hypothesis {
  return {
    ...cause,
    explain: (facts) =>
      evidenceFor(cause.kind, facts).map((fact) => ({
        column: fact.column,
        // A share ε of rows in a bin of their own is a distance of about √ε.
        shift: Math.sqrt(increase(fact.peak)),
        sentence: sentence(fact.column, percent(fact.peak.value ?? 0), percent(fact.peak.baseline ?? 0)),
        evidence: evidenceOf(fact),
      })),
  };
}
