import { count, evidenceOf } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

/** Far fewer or far more requests came: a caller was lost, a batch was sent twice, a campaign began. */
export const volume_change: Hypothesis = {
  kind: 'volume_change',
  title: 'Change of volume',
  about:
    'Rests on alerts of the kind [volume](../monitors/volume.md): far fewer or far more predictions than at the same hours before.',
  advice: 'Ask the callers of the model what they changed; look for retries and for a caller that stopped.',
  trust: 0.92,
  explain: ({ facts }) =>
    evidenceFor('volume_change', facts).map((fact) => {
      const now = fact.peak.value ?? 0;
      const usual = fact.peak.baseline ?? 0;
      return {
        columns: [],
        fit: 1,
        explains: [fact.alert],
        sentence: `${count(now)} ${count(now) === '1' ? 'prediction' : 'predictions'} a bucket, where ${count(usual)} are usual at these hours`,
        evidence: evidenceOf(fact),
      };
    }),
};
