import { changeOf, moved } from '../evidence/column-change.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { listed } from '../title.ts';
import { follows, type Hypothesis } from './cause.ts';

/** It is so at this time of the week or of the year. */
export const seasonality: Hypothesis = {
  kind: 'seasonality',
  title: 'Season',
  about:
    'What is unlike the weeks before looks as it did at the same time a week, four weeks or a year ago. It needs that much history; what was so once only is no season.',
  advice:
    'Compare with a reference of the same season, or train on a whole cycle. Where it comes back every week, lengthen the window to whole weeks.',
  trust: 0.95,
  explain({ facts, evidence }) {
    const changed = featuresOf(evidence).filter(moved);
    if (changed.length === 0) return [];
    return evidence.seasons.flatMap(({ name, columns }) => {
      const fits = changed.flatMap((column) => {
        const then = columns.get(column.name);
        return then === undefined || then.n === 0
          ? []
          : [likeness({ ...column, values: null }, { ...column, before: then, values: null })];
      });
      const fit = fits.length < changed.length ? 0 : fits.reduce((sum, each) => sum + each, 0) / fits.length;
      if (fit < 0.5) return [];
      const names = changed.map((column) => column.name);
      return [
        {
          columns: names.slice(0, 3),
          fit,
          explains: follows(facts, names),
          sentence: `${listed(names)} ${names.length > 1 ? 'look' : 'looks'} as ${name} ago at the same time; that accounts for ${percent(fit)} of the change`,
          evidence: [
            { name: 'accounted_by_season', value: fit },
            { name: 'columns_moved', value: names.length },
          ],
        },
      ];
    });
  },
};

/** How much of a change is gone when held against another time. */
function likeness(column: ColumnEvidence, then: ColumnEvidence): number {
  const [near, far] = [changeOf(then), changeOf(column)];
  return Math.max(
    0,
    Math.min(1, 1 - Math.max(0, near.gap - near.noise) / Math.max(far.gap - far.noise, far.noise / 4)),
  );
}
