import { timesOf } from '../evidence/beyond.ts';
import { accounted, changeOf, moved, rowsOf, sharesOfColumn } from '../evidence/column-change.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { isRename, newNames } from '../evidence/renames.ts';
import { type Fact, percent } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';

/** What it is worth when the other way of telling it leaves less. */
const OTHERWISE = 0.7;

/** How many times as frequent as before a category of this column must be to count as new. */
export function timesNew(facts: readonly Fact[], column: string): number {
  return timesOf(new_category.kind, facts, column);
}

/** Categories came that the model has not been trained on. */
export const new_category: Hypothesis = {
  kind: 'new_category',
  title: 'New categories',
  about:
    'Values came that were not there before, and the known categories lost rows in proportion: somebody or something new is asked about. Where one known category lost all of them, it was renamed.',
  advice:
    'See which categories are new: a new product, another language, a new country. Decide what the model should answer to them; it never saw them in training.',
  trust: 0.93,
  namesNewValues: true,
  explain({ facts, evidence }) {
    return featuresOf(evidence).flatMap((column): Explanation[] => {
      if (column.type !== 'categorical' || !moved(column)) return [];
      const found = newNames(sharesOfColumn(column), rowsOf(column), timesNew(facts, column.name));
      if (found === null) return [];
      const { share, names, proportional } = found;
      const fit = accounted(proportional, changeOf(column)) * (isRename(found) ? OTHERWISE : 1);
      if (fit < 0.3) return [];
      return [
        {
          columns: [column.name],
          fit,
          explains: follows(facts, [column.name]),
          sentence: `${percent(share)} of rows have a category of ${column.name} that was not there before; the known ones keep their proportions`,
          evidence: [
            { name: 'new_share', value: share },
            { name: 'new_categories', value: names },
            { name: 'n', value: column.after.n },
          ],
        },
      ];
    });
  },
};
