import { changeOf } from '../evidence/column-change.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';

/** A feature is sent as another type than it was. */
export const type_change: Hypothesis = {
  kind: 'type_change',
  title: 'Changed type',
  about:
    'Values came that do not fit the type of the column. They were kept as they were sent and can be read in the records.',
  advice: 'Compare the sender with the schema: a number that became text, a text that became a number.',
  trust: 0.96,
  explain({ facts, evidence }) {
    return featuresOf(evidence).flatMap((column): Explanation[] => {
      const { invalid } = changeOf(column);
      if (invalid <= 0.02) return [];
      const { before, after } = column;
      return [
        {
          columns: [column.name],
          fit: 1,
          explains: follows(facts, [column.name]),
          sentence: `${column.name} has values of another type in ${percent(after.invalid / after.n)} of rows, against ${percent(before.invalid / Math.max(1, before.n))} before`,
          evidence: [
            { name: 'invalid_share', value: after.invalid / after.n },
            { name: 'before', value: before.invalid / Math.max(1, before.n) },
            { name: 'n', value: after.n },
          ],
        },
      ];
    });
  },
};
