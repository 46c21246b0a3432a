import { nearestShares } from '../../../stats/explanation/category-shares.ts';
import { nearestMixture } from '../../../stats/explanation/shape.ts';
import {
  accounted,
  changeOf,
  moved,
  resolution,
  shapesOf,
  sharesOfColumn,
} from '../evidence/column-change.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { decimal } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';

/** More columns that moved are not held against each other: it would not be a swap. */
const MOST = 60;

/** Two columns changed places: each looks as the other did. */
export const column_swap: Hypothesis = {
  kind: 'column_swap',
  title: 'Swapped columns',
  about:
    'Two columns moved at the same time, and each has now the distribution that the other had before. Columns that look alike cannot be told apart.',
  advice:
    'Compare the order of the columns in the sender with the order in training; something between them goes by position instead of by name.',
  trust: 0.96,
  explain({ facts, evidence }) {
    const columns = featuresOf(evidence).filter(moved).slice(0, MOST);
    return columns.flatMap((a, i) =>
      columns.slice(i + 1).flatMap((b): Explanation[] => {
        const [there, back] = [takesPlaceOf(a, b), takesPlaceOf(b, a)];
        // In the same share of the rows, as sharply as each of them tells it.
        const blur = there.share * (1 - resolution(a)) + back.share * (1 - resolution(b));
        const together = Math.min(1, 1 - 2 * (Math.abs(there.share - back.share) - blur));
        // One of them may hardly show it, as a column of zeros does: it is seen as sharply as the other shows it.
        const fit = Math.min(there.fit, back.fit) * together * Math.max(resolution(a), resolution(b));
        if (fit < 0.5) return [];
        return [
          {
            columns: [a.name, b.name],
            fit,
            explains: follows(facts, [a.name, b.name]),
            sentence: `${a.name} looks as ${b.name} did before, and ${b.name} as ${a.name} did: the two are swapped`,
            evidence: [
              { name: 'distance_before', value: Number(decimal(changeOf(a).gap)) },
              { name: 'distance_swapped', value: Number(decimal(there.gap)) },
              { name: 'share_swapped', value: there.share },
              { name: 'n', value: a.after.n },
            ],
          },
        ];
      }),
    );
  },
};

/** How well what comes as `a` is told by what came as `b`, in a share of the rows. */
function takesPlaceOf(a: ColumnEvidence, b: ColumnEvidence): { share: number; fit: number; gap: number } {
  const none = { share: 0, fit: 0, gap: Number.POSITIVE_INFINITY };
  if (a.type !== b.type) return none;
  if (a.type === 'numeric' && a.grid === null) return none;
  const { share, gap } =
    a.type === 'numeric'
      ? nearestMixture(shapesOf(a).before, shapesOf(b).before, shapesOf(a).after, a.grid!)
      : nearestShares(sharesOfColumn(a).before, sharesOfColumn(b).before, sharesOfColumn(a).after);
  return share < 0.1 ? none : { share, gap, fit: accounted(gap, changeOf(a)) };
}
