import { kindOf } from '../../monitors/kinds/index.ts';
import type { Evidence, VersionEvidence } from '../evidence/evidence.ts';
import { functionChange } from '../evidence/function-change.ts';
import { decimal, percent } from '../fact.ts';
import { type Hypothesis, isConsequence } from './cause.ts';

/** A version that came this many buckets beside the change may be behind it. */
const NEAR = 3;
const LEAST_SHARE = 0.05;

/** A version went live that answers otherwise to the same inputs. */
export const new_version: Hypothesis = {
  kind: 'new_version',
  title: 'New version',
  about:
    'A version went live when the change began, and the model answers the same inputs otherwise than before, as trees that learned its former answers show. A version that went live at the same time and answers as the one before is innocent.',
  advice: 'Compare with the version before; roll back if it was better.',
  trust: 0.9,
  explain({ facts, evidence }) {
    const hurt = facts.filter((fact) => isConsequence(fact) || kindOf(fact.kind)?.harm === 'service');
    if (hurt.length === 0) return [];
    const change = evidence.rows === null ? null : functionChange(evidence.rows);
    const version = versionNear(evidence);
    const sure = change === null ? 0 : Math.max(0, Math.min(1, (change - 2) / 4));
    if (sure === 0 || (version === undefined && sure < 1)) return [];
    const who =
      version === undefined
        ? 'the model answers the same inputs otherwise than before, though no new version was told'
        : `version ${version.version} answers the same inputs otherwise than what ran before; it makes ${percent(version.after)} of the predictions`;
    return [
      {
        columns: [],
        fit: sure * (version === undefined ? 0.7 : 1),
        explains: hurt.map(({ alert }) => alert),
        sentence: who,
        evidence: [
          ...(version === undefined ? [] : [{ name: 'version', value: version.version }]),
          { name: 'answers_changed_standard_errors', value: Number(decimal(change!)) },
        ],
      },
    ];
  },
};

/** The version that took over most of the traffic when the change began. */
function versionNear({ versions, onset, bucketMs }: Evidence): VersionEvidence | undefined {
  return versions
    .filter(
      ({ first, before, after }) =>
        after - before >= LEAST_SHARE &&
        first >= onset.low - NEAR * bucketMs &&
        first <= onset.high + NEAR * bucketMs,
    )
    .sort((a, b) => b.after - b.before - (a.after - a.before))[0];
}
