import { normalCdf, normalQuantile, Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate } from '../outcome.ts';

/** A number of a group. */
export interface Rated {
  readonly group: string;
  readonly rate: Estimate;
  /** What it is counted of. */
  readonly rows: number;
}

/** Of intervals that hold 95 %. */
const MISSED = 0.05;
/** Halvings until the lower end is exact to a millionth of a millionth. */
const STEPS = 40;
/** An end of an interval of fewer rows may miss more often than it says, which a wide other end makes up for. */
const FEW = 30;

interface Pair extends Estimate {
  readonly lowest: string;
  readonly highest: string;
  /** From the value down to the lower end. */
  readonly down: number;
  /** Of the smaller group. */
  readonly rows: number;
}

/**
 * The two groups whose numbers are furthest apart, with a 95 % interval of the greatest true difference, which knows that the pair was picked:
 * each pair's interval by MOVER; the upper end is the greatest upper end of any pair; the lower end is the greatest lower end of those pairs
 * that may be the furthest, wider for as many as there are (Bonferroni), and nearer where the upper end cannot miss (`leastGap`). Null with fewer than two.
 * Source: Donner and Zou 2012 (MOVER); Andrews and Soares 2010 (which pairs may be the furthest); Feldman and Cousins 1998 (intervals of what has a bound).
 * @param sets numbers that are compared with each other, of which the furthest of any set counts @param few groups of fewer rows keep an interval of two sides
 * @example furthestApart([[women, men]]) // { value: 0.3, low: 0.16, high: 0.42, lowest: 'women', highest: 'men' }
 */
export function furthestApart(
  sets: readonly (readonly Rated[])[],
  few = FEW,
): (Estimate & { readonly lowest: string; readonly highest: string }) | null {
  const pairs = sets.flatMap(pairsOf);
  if (pairs.length === 0) return null;
  const furthest = pairs.reduce((a, b) => (b.value > a.value ? b : a));
  const rivals = pairs.filter(({ high }) => high >= furthest.value);
  const least = rivals.map((pair) => leastGap(pair, rivals.length, few));
  return {
    value: furthest.value,
    low: Math.max(...least),
    high: pairs.reduce((most, { high }) => Math.max(most, high), -Infinity),
    lowest: furthest.lowest,
    highest: furthest.highest,
  };
}

/**
 * The lower end of the gap of one of so many pairs that may be the furthest. A gap is never below 0, so that the upper end of one that is
 * less than an interval's reach away from it cannot miss, and the greatest upper end of several hardly can: there the lower end alone misses, in
 * all of the 5 %.
 */
function leastGap({ value, down, rows }: Pair, rivals: number, few: number): number {
  const deviation = down / Z_TWO_SIDED_95;
  const tail = MISSED / rivals;
  const reach = normalQuantile(1 - tail / 2) * deviation;
  if (value <= reach || rows < few || deviation === 0) return value - reach;
  // The gap at which one as great as this, in either direction, is so rare.
  const beyond = (gap: number) =>
    normalCdf((gap - value) / deviation) + normalCdf((-value - gap) / deviation);
  let [from, to] = [0, value];
  for (let step = 0; step < STEPS; step++) {
    const middle = (from + to) / 2;
    if (beyond(middle) < tail) from = middle;
    else to = middle;
  }
  return rivals > 1 ? from : Math.max(value - reach, Math.min(reach, from));
}

/** Each two of a set, the lower one first. */
function pairsOf(rated: readonly Rated[]): Pair[] {
  const sorted = rated.toSorted((a, b) => a.rate.value - b.rate.value);
  return sorted.flatMap(({ group: lowest, rate: a, rows: of }, i) =>
    sorted.slice(i + 1).map(({ group: highest, rate: b, rows }) => {
      const value = b.value - a.value;
      const down = Math.hypot(b.value - b.low, a.high - a.value);
      const high = value + Math.hypot(b.high - b.value, a.value - a.low);
      return { ...{ value, down, low: value - down, high }, lowest, highest, rows: Math.min(of, rows) };
    }),
  );
}
