import { sharesGap, sharesMixed } from '../../../stats/explanation/category-shares.ts';
import { nearestMixture, shaped } from '../../../stats/explanation/shape.ts';
import { present } from '../../profiles/profile.ts';
import { insideOf } from '../evidence/beyond.ts';
import {
  accounted,
  changeOf,
  moved,
  resolution,
  risenMost,
  shapesOf,
  sharesOfColumn,
} from '../evidence/column-change.ts';
import { driversOf } from '../evidence/drivers.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { type Fact, percent } from '../fact.ts';
import { type Case, type Explanation, follows, type Hypothesis } from './cause.ts';
import { timesBeyond } from './out_of_range.ts';

/** A share of one category that no mix of segments comes to. */
const NEARLY_ALL = 0.9;
/** What it is worth below. */
const MIX = 0.85;

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
      const found = column.type === 'numeric' ? stuckNumber(column, facts) : stuckCategory(column);
      if (found === null || found.share < 0.1) return [];
      // Of categories, one segment that sends more looks the same, but takes along what hangs together with it.
      const mix =
        column.type === 'categorical' && found.now <= NEARLY_ALL
          ? MIX * (1 - takenAlong(evidence, column.name))
          : 1;
      const fit = accounted(found.gap, changeOf(column)) * mix;
      if (fit < 0.3) return [];
      return [
        {
          columns: [column.name],
          // What most rows had before stands in more of them for many reasons.
          fit:
            fit *
            Math.min(1, found.share * 5, 3 * (1 - found.was)) *
            Math.max(resolution(column), Math.min(1, found.plain)),
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

/** How much of the change of the other columns goes away when rows are weighted by this one, 0 where nothing moved with it. */
function takenAlong({ rows }: Case['evidence'], name: string): number {
  return (rows === null ? undefined : driversOf(rows).find(({ column }) => column === name))?.others ?? 0;
}

interface Stuck {
  readonly share: number;
  readonly gap: number;
  /** How plainly the share of the value rose, 1 and more beyond any doubt. */
  readonly plain: number;
  readonly was: number;
  readonly now: number;
}

function stuckNumber(column: ColumnEvidence, facts: readonly Fact[]): Stuck | null {
  const { before, after } = shapesOf(column);
  const { grid } = column;
  const { min, max } = column.before;
  if (grid === null || min === null || after.places.length === 0) return null;
  const { place, was, now, rise } = risenMost(before, after);
  const { low, high } = insideOf({ before, after }, { min, max: max! }, timesBeyond(facts, column.name));
  if (!(place >= low && place <= high)) return null;
  const { share, gap } = nearestMixture(before, shaped([[place, 1]]), after, grid);
  const n = column.values?.after.length ?? present(column.after);
  const plain = plainly(rise, was, n);
  // A heap of many values near it is none of one.
  return { share, gap: gap + Math.max(0, share * (1 - was) - rise), plain, was, now };
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
  return {
    share,
    gap: sharesGap(sharesMixed(before, new Map([[name, 1]]), share), after),
    plain: now > NEARLY_ALL ? 1 : 0,
    was: then,
    now,
  };
}

/** A rise of a share in so many rows against what chance gives, 0 at four standard errors and 1 at ten. */
function plainly(rise: number, was: number, n: number): number {
  return (rise / Math.sqrt(((was + 1 / n) * (1 - was)) / n) - 4) / 6;
}
