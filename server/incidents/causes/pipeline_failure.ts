import { changeOf } from '../evidence/column-change.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { evidenceFor, follows, type Hypothesis } from './cause.ts';

/** The job that makes the features, or calls the model, died or sends half of what it did. */
export const pipeline_failure: Hypothesis = {
  kind: 'pipeline_failure',
  title: 'Pipeline failure',
  about:
    'Most of the inputs are empty or do not fit at once and in the same rows, or no predictions come any more: not one source of a feature failed, but the job that brings them together.',
  advice:
    'Look at the job that feeds this model: its last run, its log, what was deployed to it. Stop acting on these predictions until it runs again.',
  trust: 0.97,
  explain({ facts, evidence }) {
    const silent = evidenceFor('pipeline_failure', facts);
    const features = featuresOf(evidence);
    const gone = features.filter((column) => changeOf(column).missing + changeOf(column).invalid > 0.05);
    if (silent.length > 0)
      return [
        {
          columns: [],
          fit: 1,
          explains: facts
            .filter((fact) => silent.includes(fact) || evidenceFor('volume_change', facts).includes(fact))
            .map(({ alert }) => alert),
          sentence: 'no predictions come any more',
          evidence: [
            { name: 'predictions_per_bucket', value: evidence.traffic.after },
            { name: 'before', value: evidence.traffic.before },
          ],
        },
      ];
    if (gone.length < Math.max(4, features.length / 2)) return [];
    const columns = gone.map(({ name }) => name);
    const shares = gone
      .map((column) => changeOf(column).missing + changeOf(column).invalid)
      .sort((a, b) => a - b);
    const middle = shares[Math.floor(shares.length / 2)]!;
    const alike = shares.filter((share) => Math.abs(share - middle) < 0.1).length / shares.length;
    return [
      {
        columns,
        fit: alike,
        explains: follows(facts, columns),
        sentence: `${gone.length} of ${features.length} inputs are empty at once, in ${percent(middle)} of rows`,
        evidence: [
          { name: 'columns', value: gone.length },
          { name: 'of', value: features.length },
          { name: 'missing_share', value: middle },
        ],
      },
    ];
  },
};
