import { shapeGap } from '../../../stats/explanation/shape.ts';
import { insideOf, timesOf } from '../evidence/beyond.ts';
import { changeOf, moved, shapesOf } from '../evidence/column-change.ts';
import { featuresOf } from '../evidence/evidence.ts';
import { type Fact, percent } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';

/** How many times as frequent as before values of this column must be to count as beyond everything known. */
export function timesBeyond(facts: readonly Fact[], column: string): number {
  return timesOf(out_of_range.kind, facts, column);
}

/** Values came that are smaller or larger than any before, beside others that are as they were. */
export const out_of_range: Hypothesis = {
  kind: 'out_of_range',
  title: 'Out of range',
  about:
    'A share of the rows has values that are smaller or larger than any before, and the rest look as before. Where all numbers moved alike it is a changed unit.',
  advice:
    'Look for a sentinel such as -1 or 9999, a broken sensor or conversion, or a world that went beyond the training data. Refuse or clip these values until then.',
  trust: 0.86,
  explain({ facts, evidence }) {
    return featuresOf(evidence).flatMap((column): Explanation[] => {
      const { before, grid } = column;
      if (column.type !== 'numeric' || grid === null || before.min === null || !moved(column)) return [];
      const range = { min: before.min, max: before.max! };
      const inside = insideOf(shapesOf(column), range, timesBeyond(facts, column.name));
      const outside = 1 - inside.share;
      if (outside < 0.01) return [];
      const { gap, noise } = changeOf(column);
      const left = inside.share * shapeGap(inside.before, inside.after, grid);
      const grown = noise / Math.sqrt(Math.max(0.05, inside.share));
      // Of rows that are all outside nothing can be said about the rest.
      const unseen = inside.share < 0.1 ? 0.15 : 0;
      const fit = Math.max(0, Math.min(1, 1 - Math.max(0, left - grown) / Math.max(gap - noise, noise / 4)));
      if (fit < 0.3) return [];
      return [
        {
          columns: [column.name],
          ...{ fit, unseen },
          explains: follows(facts, [column.name]),
          sentence: `${column.name} lies outside of everything known in ${percent(outside)} of rows${inside.share < 0.02 ? '' : '; the others look as before'}`,
          evidence: [
            { name: 'out_of_range_share', value: outside },
            { name: 'n', value: column.after.n },
          ],
        },
      ];
    });
  },
};
