import { normalCdf, Z_TWO_SIDED_95 as Z } from '../distributions/normal.ts';
import { crossing } from '../intervals/crossing.ts';
import type { Estimate } from '../outcome.ts';
import { restricted } from './restricted.ts';

/** A number of a group. */
export interface Rated {
  readonly group: string;
  readonly rate: Estimate;
}

/** Of intervals that hold 95 %, and of one of their ends. */
const MISSED = 0.05;
const MISSED_ABOVE = MISSED / 2;
/** Less than any error that is told. */
const CERTAIN = 1e-12;

/** Two groups of a set. */
interface Pair {
  readonly lowest: Rated;
  readonly highest: Rated;
  readonly value: number;
  /** Standard errors: of a value that is too great, and of one that is too small. */
  readonly over: number;
  readonly under: number;
}

/**
 * The two groups whose numbers are furthest apart, with a 95 % interval of the greatest true difference, which knows that the pair was picked.
 * The upper end is the greatest upper end of any pair (MOVER), either way round: the group that was seen lower may be the higher one. The lower end is the least gap that
 * is not contradicted: were it the true one, and each number as near to what was seen as it allows, pairs as far beyond it as the furthest seen and upper ends below it would together be
 * rarer than 5 % below that gap. So the lower end alone misses, in all of the 5 %, where the upper end cannot: near to no gap, and where several pairs may be the furthest. Null with fewer than two.
 * Source: Donner and Zou 2012 (MOVER); Chuang and Lai 2000 (intervals from the likeliest truth of each value); Feldman and Cousins 1998 (of what has a bound); Bonferroni over the pairs.
 * @param sets numbers that are compared with each other, of which the furthest of any set counts
 * @example furthestApart([[women, men]]) // { value: 0.3, low: 0.16, high: 0.42, lowest: 'women', highest: 'men' }
 */
export function furthestApart(
  sets: readonly (readonly Rated[])[],
): (Estimate & { readonly lowest: string; readonly highest: string }) | null {
  const pairs = sets.flatMap(pairsOf);
  if (pairs.length === 0) return null;
  const furthest = pairs.reduce((a, b) => (b.value > a.value ? b : a));
  const contradicted = (gap: number) => MISSED - chanceOfMiss(sets, pairs, gap);
  return {
    value: furthest.value,
    low: contradicted(0) > 0 ? crossing(contradicted, 0, furthest.value) : 0,
    high: Math.max(...pairs.map(({ value, over, under }) => Math.max(value + Z * under, Z * over - value))),
    lowest: furthest.lowest.group,
    highest: furthest.highest.group,
  };
}

/** Were this the greatest true gap: how likely one pair is as far beyond it as is seen, and how likely all upper ends lie below it. */
function chanceOfMiss(sets: readonly (readonly Rated[])[], pairs: readonly Pair[], gap: number): number {
  const beyond = Math.max(...pairs.map(({ value, over }) => (value - gap) / over));
  const likeliest = new Map(sets.flatMap((set) => { const numbers = restricted(set.map(({ rate }) => rate), gap); return set.map((rated, i) => [rated, numbers[i]!] as const); })); // biome-ignore format: one line
  let [below, above] = [0, MISSED_ABOVE];
  for (const { lowest, highest, over, under } of pairs) {
    const between = likeliest.get(highest)! - likeliest.get(lowest)!;
    below += normalCdf((between - gap) / over - beyond) + normalCdf((-between - gap) / under - beyond);
    const ends = [gap - Z * under, Z * over - gap] as const;
    above = Math.min(above, normalCdf((ends[0] - between) / under) - normalCdf((ends[1] - between) / over));
  }
  return below + Math.max(0, above);
}

/** Each two of a set, the lower one first. */
function pairsOf(set: readonly Rated[]): Pair[] {
  const sorted = set.toSorted((a, b) => a.rate.value - b.rate.value);
  return sorted.flatMap((lowest, i) =>
    sorted.slice(i + 1).map((highest) => {
      const [a, b] = [lowest.rate, highest.rate];
      const error = (...sides: [number, number]) => Math.max(Math.hypot(...sides) / Z, CERTAIN);
      return {
        ...{ lowest, highest, value: b.value - a.value },
        over: error(b.value - b.low, a.high - a.value),
        under: error(b.high - b.value, a.value - a.low),
      };
    }),
  );
}
