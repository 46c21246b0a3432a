import { changeOf } from '../evidence/column-change.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { listed } from '../title.ts';
import { follows, type Hypothesis } from './cause.ts';

/** Shares that differ by less are the same: the columns went together. */
const TOGETHER = 0.05;

/** A feature, or several that come from one source, ceased to be filled. */
export const missing_values: Hypothesis = {
  kind: 'missing_values',
  title: 'Missing values',
  about:
    'The share of rows without a value rose. Columns that lost the same share at the same time are told together: they come from one source. That the distribution moved is then a consequence. It does not know which step stopped filling them.',
  advice:
    'Find the step that fills this feature, and what changed in it at that time. Until it does, answer without the feature or not at all.',
  trust: 0.95,
  explain({ facts, evidence }) {
    const risen = featuresOf(evidence)
      .map((column) => ({ column, share: changeOf(column).missing }))
      .filter(({ share }) => share > 0.02)
      .sort((a, b) => b.share - a.share);
    const groups: (typeof risen)[] = [];
    for (const each of risen) {
      const last = groups.at(-1);
      if (last !== undefined && last[0]!.share - each.share < TOGETHER) last.push(each);
      else groups.push([each]);
    }
    return groups.map((group) => {
      const columns = group.map(({ column }) => column.name);
      const { before, after } = group[0]!.column;
      const [then, now] = [before.missing / Math.max(1, before.n), after.missing / Math.max(1, after.n)];
      return {
        columns,
        fit: 1,
        explains: follows(facts, columns),
        sentence: `${listed(columns)} ${columns.length > 1 ? 'are missing together' : 'is missing'} in ${percent(now)} of rows, against ${percent(then)} before`,
        evidence: [
          { name: 'missing_share', value: now },
          { name: 'before', value: then },
          { name: 'columns', value: columns.length },
          { name: 'n', value: after.n },
        ],
      };
    });
  },
};
