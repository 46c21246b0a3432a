import { sharesGap, sharesMixed } from '../../../stats/explanation/category-shares.ts';
import { nearestMixture, shaped } from '../../../stats/explanation/shape.ts';
import {
  accounted,
  changeOf,
  moved,
  resolution,
  shapesOf,
  sharesOfColumn,
} from '../evidence/column-change.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';

/** One usual value is repeated: a sensor froze, a cache or a default answers. */
export const stuck_value: Hypothesis = {
  kind: 'stuck_value',
  title: 'Stuck value',
  about:
    'One value that was usual before stands in far more rows, and the rest of the rows look as before. A value outside of everything known is a sentinel and told as out of range.',
  advice:
    'Check the sensor, the cache or the default behind this column: it repeats one value. Mark it as missing until it moves again.',
  trust: 0.93,
  explain({ facts, evidence }) {
    return featuresOf(evidence).flatMap((column): Explanation[] => {
      if (!moved(column)) return [];
      const found = column.type === 'numeric' ? stuckNumber(column) : stuckCategory(column);
      if (found === null || found.share < 0.1) return [];
      const fit = accounted(found.gap, changeOf(column));
      if (fit < 0.5) return [];
      return [
        {
          columns: [column.name],
          fit: fit * Math.min(1, found.share * 3) * resolution(column),
          explains: follows(facts, [column.name]),
          sentence: `${column.name} repeats one value in ${percent(found.now)} of rows, which had it in ${percent(found.was)} before; the others look as before`,
          evidence: [
            { name: 'share_of_value', value: found.now },
            { name: 'before', value: found.was },
            { name: 'n', value: column.after.n },
          ],
        },
      ];
    });
  },
};

interface Stuck {
  readonly share: number;
  readonly gap: number;
  readonly was: number;
  readonly now: number;
}

function stuckNumber(column: ColumnEvidence): Stuck | null {
  const { before, after } = shapesOf(column);
  const { grid } = column;
  if (grid === null || after.places.length === 0) return null;
  const at = new Map(before.places.map((place, i) => [place, before.shares[i]!]));
  const rise = (i: number) => after.shares[i]! - (at.get(after.places[i]!) ?? 0);
  const top = after.places.reduce((best, _, i) => (rise(i) > rise(best) ? i : best), 0);
  const place = after.places[top]!;
  if (column.before.min === null || place < column.before.min || place > column.before.max!) return null;
  const { share, gap } = nearestMixture(before, shaped([[place, 1]]), after, grid);
  return { share, gap, was: at.get(place) ?? 0, now: after.shares[top]! };
}

function stuckCategory(column: ColumnEvidence): Stuck | null {
  const { before, after } = sharesOfColumn(column);
  const [name] = [...after].reduce(
    (best, each) =>
      each[1] - (before.get(each[0]) ?? 0) > best[1] - (before.get(best[0]) ?? 0) ? each : best,
    ['', 0] as [string, number],
  );
  const [then, now] = [before.get(name) ?? 0, after.get(name) ?? 0];
  if (then === 0 || then >= 1) return null;
  const share = Math.max(0, (now - then) / (1 - then));
  return { share, gap: sharesGap(sharesMixed(before, new Map([[name, 1]]), share), after), was: then, now };
}
