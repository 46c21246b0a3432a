import {
  mapped,
  nearestMixture,
  type Shape,
  shaped,
  shapeGap,
  shapeQuantile,
} from '../../../stats/explanation/shape.ts';
import { accounted, changeOf, moved, resolution, risenMost, shapesOf } from '../evidence/column-change.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { matchedValues } from '../evidence/matched-values.ts';
import { CONVERSIONS, type Conversion, inWords, TIME_ZONES } from '../evidence/units.ts';
import { percent } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';

/** What a factor is worth that is no known conversion: that of another population may come near it. */
const UNKNOWN = 0.8;
/** With more zeros than this, which no factor changes, the other values are looked at by themselves too. */
const ZEROS = 0.2;
/** Of values that repeat, the share of new ones that a conversion must give, and the share that leaves no doubt. */
const MATCHED = 0.5;
const EXACT = 0.9;
/** Such a factor is at least so large. */
const LEAST_FACTOR = 1.8;

interface Fit {
  readonly conversion: Conversion;
  readonly share: number;
  readonly gap: number;
  readonly worth: number;
  /** The very values that a conversion gives have come: what noise hides in the shape is seen. */
  readonly exact: boolean;
}

/** Numbers come in another unit: the same shape, put through a conversion. */
export const unit_change: Hypothesis = {
  kind: 'unit_change',
  title: 'Changed unit',
  about:
    'The numbers of a column, put through a conversion, have the distribution that they had before: a factor such as 100, 1,000 or 2.2046, degrees Fahrenheit for Celsius, a turned sign, cut decimals, another time zone; or any other factor, when all rows have it. A share of the rows may be converted while others are not. Of whole numbers, and others that repeat, the very values that it gives must have come. It does not know who changed it.',
  advice:
    'Ask the owner of this column whether its unit changed. Convert at the door, or go back; the model was trained on the old unit.',
  trust: 0.95,
  explain({ facts, evidence }) {
    return featuresOf(evidence).flatMap((column): Explanation[] => {
      if (column.type !== 'numeric' || column.grid === null || !moved(column)) return [];
      const toldBy = ({ worth, gap, exact }: Fit) => worth * accounted(gap, leaves(column, exact));
      const fits = candidates(column).sort((a, b) => toldBy(b) - toldBy(a));
      const best = fits[0];
      if (best === undefined || best.share < 0.1) return [];
      const { conversion, share, gap, exact } = best;
      const fit = toldBy(best) * (exact ? 1 : resolution(column));
      if (fit < 0.4) return [];
      const part = share > 0.9 ? '' : ` in about ${percent(share)} of rows`;
      return [
        {
          columns: [column.name],
          fit,
          explains: follows(facts, [column.name]),
          sentence: `${column.name} is ${conversion.says}${part}; its shape is unchanged: a unit change${conversion.means === '' ? '' : `, such as ${conversion.means}`}`,
          evidence: [
            { name: 'distance_before', value: changeOf(column).gap },
            { name: 'distance_converted', value: gap },
            { name: 'median_before', value: shapeQuantile(shapesOf(column).before, 0.5) },
            { name: 'median_now', value: shapeQuantile(shapesOf(column).after, 0.5) },
            { name: 'n', value: column.after.n },
          ],
        },
      ];
    });
  },
};

/**
 * What chance leaves of the change when a conversion is the reason. Multiplied numbers lie further apart by chance, too; but that is allowed for only where the very
 * values came: else it would forgive any heap in the right place.
 */
function leaves(column: ColumnEvidence, exact: boolean): { gap: number; noise: number } {
  const { gap, noise, scatter } = changeOf(column);
  return { gap, noise: exact ? Math.max(noise, scatter) : noise };
}

function candidates(column: ColumnEvidence): Fit[] {
  const grid = column.grid!;
  const { before, after } = shapesOf(column);
  const hours = before.places[0]! >= 0 && before.places.at(-1)! <= 23 && before.places.length > 12;
  const known = [...CONVERSIONS, ...(hours ? TIME_ZONES : [])].map((conversion): Fit => {
    const converted = mapped(before, conversion.map);
    const mixture = nearestMixture(before, converted, after, grid);
    if (mixture.share < 0.1 || seenBesideZero(column, conversion) < mixture.share / 2)
      return { conversion, ...mixture, worth: 0, exact: false };
    const matched = matchedValues(column, conversion.map, mixture.share) ?? Number.NaN;
    const exact = matched > EXACT;
    const worth = matched < MATCHED ? 0 : likeness(converted, mixture, column, exact);
    return { conversion, ...mixture, worth, exact };
  });
  const factor = ratio(before, after);
  if (factor === null) return known;
  const conversion: Conversion = { says: inWords(factor), means: '', map: (x) => x * factor };
  return [
    ...known,
    {
      ...{ conversion, share: 1, worth: UNKNOWN, exact: false },
      gap: shapeGap(mapped(before, conversion.map), after, grid),
    },
  ];
}

/**
 * Whether what came has the shape of the converted numbers, 0 to 1: any heap in the right place would account for much of the change. What is left
 * is held against what one point in their middle would leave; and where it is one point, it is stuck and not converted.
 */
function likeness(
  converted: Shape,
  { share, gap }: { share: number; gap: number },
  column: ColumnEvidence,
  exact: boolean,
): number {
  if (share < 0.1) return 0;
  const { before, after } = shapesOf(column);
  const spread = shapeGap(converted, shaped([[shapeQuantile(converted, 0.5), 1]]), column.grid!);
  const { noise } = leaves(column, exact);
  // A shape finer than the noise cannot be held against anything.
  const off = Math.max(0, gap - 1.5 * noise) / Math.max(share * spread, 2 * noise);
  const heap = (risenMost(before, after).rise - share * Math.max(...converted.shares)) / share;
  return Math.max(0, Math.min(1, 1 - 1.5 * off)) * (heap > 0.4 ? 0.3 : 1);
}

/** In what share of the rows that are not zero the conversion is seen: of a column with many zeros, fewer other values look like smaller ones. */
function seenBesideZero(column: ColumnEvidence, { map }: Conversion): number {
  const { before, after } = shapesOf(column);
  const zeros = before.shares[before.places.indexOf(0)] ?? 0;
  if (zeros < ZEROS || map(0) !== 0) return 1;
  const [was, now] = [besideZero(before), besideZero(after)];
  return nearestMixture(was, mapped(was, map), now, column.grid!).share;
}

function besideZero({ places, shares }: Shape): Shape {
  return shaped(places.map((place, i) => [place, place === 0 ? 0 : shares[i]!]));
}

/** By how much the numbers grew, at every place of the distribution alike; null when that is not so. */
function ratio(before: Shape, after: Shape): number | null {
  const ratios = [0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97].flatMap((p) => {
    const [then, now] = [shapeQuantile(before, p), shapeQuantile(after, p)];
    return then !== 0 && now / then > 0 ? [now / then] : [];
  });
  if (ratios.length < 2) return null;
  const middle = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
  const alike = ratios.filter((each) => Math.abs(Math.log(each / middle)) < 0.1).length / ratios.length;
  return alike > 0.7 && Math.abs(Math.log(middle)) > Math.log(LEAST_FACTOR) ? middle : null;
}
