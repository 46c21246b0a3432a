import { count, evidenceOf } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

/** Far fewer or far more requests came: a caller was lost, a batch was sent twice, a campaign began. */
export const volume_change: Hypothesis = {
  kind: 'volume_change',
  title: 'Change of volume',
  advice: 'Ask the callers of the model what they changed; look for retries and for a caller that stopped.',
  explain: (facts) =>
    evidenceFor('volume_change', facts).map((fact) => {
      const now = fact.peak.value ?? 0;
      const usual = fact.peak.baseline ?? 0;
      return {
        column: '',
        shift: Math.min(1, Math.abs(now - usual) / Math.max(now, usual, 1)),
        sentence: `${count(now)} ${count(now) === '1' ? 'prediction' : 'predictions'} a bucket, where ${count(usual)} are usual at these hours.`,
        evidence: evidenceOf(fact),
      };
    }),
};
