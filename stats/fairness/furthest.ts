import { normalQuantile, Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate } from '../outcome.ts';

/** A number of a group. */
export interface Rated {
  readonly group: string;
  readonly rate: Estimate;
}

interface Pair extends Estimate {
  readonly lowest: string;
  readonly highest: string;
  /** From the value down to the lower end. */
  readonly down: number;
}

/**
 * The two groups whose numbers are furthest apart, with a 95 % interval of the greatest true difference, which knows that the pair was picked:
 * each pair's interval by MOVER; the upper end is the greatest upper end of any pair; the lower end is the greatest lower end of those pairs
 * that may be the furthest, wider for as many as there are (Bonferroni). Of two groups it is that pair's own. Null with fewer than two.
 * Source: Donner and Zou 2012 (MOVER); Andrews and Soares 2010 (which pairs may be the furthest).
 * @param sets numbers that are compared with each other, of which the furthest of any set counts
 * @example furthestApart([[women, men]]) // { value: 0.3, low: 0.16, high: 0.42, lowest: 'women', highest: 'men' }
 */
export function furthestApart(
  sets: readonly (readonly Rated[])[],
): (Estimate & { readonly lowest: string; readonly highest: string }) | null {
  const pairs = sets.flatMap(pairsOf);
  if (pairs.length === 0) return null;
  const furthest = pairs.reduce((a, b) => (b.value > a.value ? b : a));
  const rivals = pairs.filter(({ high }) => high >= furthest.value);
  const wider = normalQuantile(1 - 0.025 / rivals.length) / Z_TWO_SIDED_95;
  return {
    value: furthest.value,
    low: rivals.reduce((most, { value, down }) => Math.max(most, value - wider * down), -Infinity),
    high: pairs.reduce((most, { high }) => Math.max(most, high), -Infinity),
    lowest: furthest.lowest,
    highest: furthest.highest,
  };
}

/** Each two of a set, the lower one first. */
function pairsOf(rated: readonly Rated[]): Pair[] {
  const sorted = rated.toSorted((a, b) => a.rate.value - b.rate.value);
  return sorted.flatMap(({ group: lowest, rate: a }, i) =>
    sorted.slice(i + 1).map(({ group: highest, rate: b }) => {
      const value = b.value - a.value;
      const down = Math.hypot(b.value - b.low, a.high - a.value);
      const high = value + Math.hypot(b.high - b.value, a.value - a.low);
      return { ...{ value, down, low: value - down, high }, lowest, highest };
    }),
  );
}
