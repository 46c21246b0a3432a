import { kindOf } from '../../monitors/kinds/index.ts';
import { moved } from '../evidence/column-change.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { functionChange } from '../evidence/function-change.ts';
import { listed } from '../title.ts';
import type { Hypothesis } from './cause.ts';

/** The same inputs have other outcomes now. */
export const concept_shift: Hypothesis = {
  kind: 'concept_shift',
  title: 'Concept shift',
  about:
    'Quality was lost while the inputs are as before and the model answers the same inputs as it did: what changed is what turns out to be true. It cannot tell a changed world from broken labels.',
  advice: 'Make sure that the labels are right; then train again on recent ones.',
  trust: 0.9,
  explain({ facts, evidence }) {
    const lost = facts.filter(({ kind }) => kindOf(kind)?.harm === 'quality');
    if (lost.length === 0) return [];
    const features = featuresOf(evidence);
    const changed = features.filter(moved).map(({ name }) => name);
    const change = evidence.rows === null ? null : functionChange(evidence.rows);
    const answers = change === null ? 0.3 : Math.max(0, Math.min(1, (change - 2) / 4));
    const still = 1 - Math.min(1, (2 * changed.length) / Math.max(4, features.length));
    const inputs =
      changed.length === 0 ? `the inputs are as before` : `of the inputs only ${listed(changed)} moved`;
    return [
      {
        columns: [],
        fit: still,
        unseen: answers,
        explains: lost.map(({ alert }) => alert),
        sentence: `${inputs} and the model answers as it did, but other answers are right now`,
        evidence: [
          { name: 'columns_moved', value: changed.length },
          { name: 'of', value: features.length },
          { name: 'answers_changed_standard_errors', value: change },
        ],
      },
    ];
  },
};
