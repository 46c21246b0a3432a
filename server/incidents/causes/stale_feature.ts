import type { Shape } from '../../../stats/explanation/shape.ts';
import { present } from '../../profiles/profile.ts';
import { broke, moved, shapesOf, sharesOfColumn } from '../evidence/column-change.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { tiesOf } from '../evidence/ties.ts';
import { count } from '../fact.ts';
import { type Case, type Explanation, follows, type Hypothesis, isConsequence } from './cause.ts';

/** With fewer different values than this before, nothing can be told. */
const LEAST_DISTINCT = 12;
/** Share of the rows that moved to other values. */
const LEAST_GAIN = 0.05;
/** χ² with the other columns, in rows, that a column must have had to come loose from them. */
const LEAST_TIE = 0.3;

/** What comes is old: few of the usual values, again and again. */
export const stale_feature: Hypothesis = {
  kind: 'stale_feature',
  title: 'Stale feature',
  about:
    'Far fewer different values come than so many rows would have, and all of them are usual ones: a store of features that is not refreshed hands out what it last held. One single value is told as stuck. Or a column has its usual values, but they go no longer with the other columns of their rows, as when values of yesterday are handed out.',
  advice: 'Look at when the feature store last refreshed this feature, and at the job that does it.',
  trust: 0.9,
  explain({ facts, evidence }) {
    return [...untied({ facts, evidence }), ...narrowed({ facts, evidence })];
  },
};

/** A column that came loose: it has its usual values, but not those of the row. */
function untied({ facts, evidence }: Case): Explanation[] {
  // It shows in what the model answers and in nothing else.
  if (evidence.rows === null || !facts.some(isConsequence)) return [];
  // With a column that comes loose, the ties of those that hung together with it go too: the one that lost most is meant.
  const [worst] = tiesOf(evidence.rows).toSorted((a, b) => b.before - b.after - (a.before - a.after));
  return (worst === undefined ? [] : [worst]).flatMap(({ column, before, after }): Explanation[] => {
    const still = evidence.columns.get(column);
    if (still === undefined || moved(still) || broke(still) || before < LEAST_TIE * evidence.rows!.before.n)
      return [];
    const lost = 1 - after / before;
    if (lost < 0.5) return [];
    return [
      {
        columns: [column],
        ...{ fit: 0.9 * Math.min(1, (lost - 0.5) / 0.3), silent: true },
        explains: follows(facts, [column]),
        sentence: `${column} has its usual values, but they go no longer with the other columns of their rows: what comes is old, or of other rows`,
        evidence: [
          { name: 'ties_before', value: before },
          { name: 'ties_now', value: after },
          { name: 'n', value: evidence.rows!.after.n },
        ],
      },
    ];
  });
}

function narrowed({ facts, evidence }: Case): Explanation[] {
  return featuresOf(evidence).flatMap((column): Explanation[] => {
    if (!moved(column)) return [];
    const found = narrowing(column);
    if (found === null) return [];
    const { distinct, expected, known } = found;
    const fit = known * Math.max(0, Math.min(1, (0.75 - distinct / expected) / 0.4));
    if (distinct < 2 || fit < 0.3) return [];
    return [
      {
        columns: [column.name],
        fit,
        explains: follows(facts, [column.name]),
        sentence: `${column.name} repeats ${count(distinct)} of its usual values, where a shift would move at least ${count(expected)}: what comes is old`,
        evidence: [
          { name: 'distinct', value: distinct },
          { name: 'expected', value: expected },
          { name: 'n', value: column.after.n },
        ],
      },
    ];
  });
}

/** What came more often than before: in how many values nine tenths of it lie, and in how many a shift of the whole would lie. */
function narrowing(column: ColumnEvidence): { distinct: number; expected: number; known: number } | null {
  const [n, m] = [
    column.values?.before.length ?? present(column.before),
    column.values?.after.length ?? present(column.after),
  ];
  const [before, after]: readonly ReadonlyMap<number | string, number>[] =
    column.type === 'numeric'
      ? cellsOf(column)
      : [sharesOfColumn(column).before, sharesOfColumn(column).after];
  if (before === undefined || after === undefined) return null;
  const usual = carrying(besideMost(before.values()), 0.95);
  if (usual < LEAST_DISTINCT) return null;
  const gains = [...after].map(([value, share]) => {
    const then = before.get(value) ?? 0;
    return {
      gain: Math.max(0, share - then - Math.sqrt((Math.max(then, 1 / n) * (1 - then)) / m)),
      times: share / Math.max(then, 1 / n),
    };
  });
  const total = gains.reduce((sum, { gain }) => sum + gain, 0);
  // One value that makes up most of it is stuck.
  if (total < LEAST_GAIN || gains.some(({ gain }) => gain > 0.6 * total)) return null;
  // By how much the values that came more often did so: a shift moves many a little.
  const times = gains.reduce((sum, each) => sum + (each.gain / total) * Math.min(20, each.times), 0);
  const inside = column.type === 'numeric' ? within(column) : 1;
  const sharp = Math.max(0, Math.min(1, (times - 2) / 2));
  return {
    distinct: carrying(
      gains.map(({ gain }) => gain / total),
      0.9,
    ),
    expected: usual / 2,
    known: inside * sharp,
  };
}

/** The shares of the others where one value has more than half: a column of zeros for most rows has its variety beside them. */
function besideMost(shares: Iterable<number>): number[] {
  const others = [...shares].filter((share) => share <= 0.5);
  const rest = others.reduce((sum, share) => sum + share, 0);
  return others.map((share) => share / rest);
}

/** How many of the largest shares make up so much. */
function carrying(shares: Iterable<number>, most: number): number {
  let [held, count] = [0, 0];
  for (const share of [...shares].sort((a, b) => b - a)) {
    if (held >= most) break;
    held += share;
    count++;
  }
  return count;
}

function cellsOf(column: ColumnEvidence): [Map<number, number>, Map<number, number>] {
  const { before, after } = shapesOf(column);
  const of = ({ places, shares }: Shape) => new Map(places.map((place, i) => [place, shares[i]!]));
  return [of(before), of(after)];
}

/** What lies beyond everything from before is not old; that one row in so many does, chance brings about. */
function within(column: ColumnEvidence): number {
  const { min, max, n } = column.before;
  if (min === null || max === null) return 0.3;
  const { places, shares } = shapesOf(column).after;
  const beyond = places.reduce((sum, place, i) => sum + (place < min || place > max ? shares[i]! : 0), 0);
  // Of m rows more, 2 m ⁄ n lie beyond the least and the largest of n.
  const m = column.values?.after.length ?? present(column.after);
  const expected = (2 * m) / Math.max(1, n);
  return beyond * m <= expected + 3 * Math.sqrt(expected) + 1 ? 1 : 0.3;
}
