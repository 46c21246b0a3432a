import { accounted, changeOf, moved, rowsOf, sharesOfColumn } from '../evidence/column-change.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { isRename, newNames } from '../evidence/renames.ts';
import { percent } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';
import { timesNew } from './new_category.ts';

/** What it is worth when the other way of telling it leaves less. */
const OTHERWISE = 0.7;

/** A category is sent under another name: its mass moved to a name that nobody knew. */
export const category_renamed: Hypothesis = {
  kind: 'category_renamed',
  title: 'Renamed category',
  about:
    'A name came that was not there before, and one of the known categories lost just as many rows, while the shares of the others are as they were. New names that nobody lost rows to are new categories. Which names these are, the incident page tells to those who may read the model.',
  advice: 'Map the new name to the old one at the door, and tell the sender. Only if it stays: train again.',
  trust: 0.95,
  namesNewValues: true,
  explain({ facts, evidence }) {
    return featuresOf(evidence).flatMap((column): Explanation[] => {
      if (column.type !== 'categorical' || !moved(column)) return [];
      const found = newNames(sharesOfColumn(column), rowsOf(column), timesNew(facts, column.name));
      if (found === null || found.renamed.length === 0) return [];
      const { renamed, moved: left } = found;
      const fit = accounted(left, changeOf(column)) * (isRename(found) ? 1 : OTHERWISE);
      if (fit < 0.5) return [];
      const share = renamed.reduce((sum, each) => sum + each.share, 0);
      const what =
        renamed.length === 1
          ? 'one of its categories comes under a new name'
          : `${renamed.length} of its categories come under new names`;
      return [
        {
          columns: [column.name],
          fit,
          explains: follows(facts, [column.name]),
          sentence: `${column.name}: ${what}, ${percent(share)} of rows; the shares of the others are as before`,
          evidence: [
            { name: 'share_renamed', value: share },
            { name: 'categories', value: renamed.length },
            { name: 'n', value: column.after.n },
          ],
        },
      ];
    });
  },
};
