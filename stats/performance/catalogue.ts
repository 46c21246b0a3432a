import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { mean } from '../intervals/mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** How often items of each cell were shown; every item lies in one of a fixed number of cells, by its hash. */
export type ShownCells = ReadonlyMap<number, number>;

/** A fuller table tells little of how many share its cells. */
const FULLEST = 0.95;

/**
 * How many different items were shown, from how many of the cells they are hashed to are taken (linear counting), with its 95 %
 * interval. Nothing shown is `not_enough_data`; a table that is all but full `too_many_items`.
 * Source: Whang, Vander-Zanden and Taylor 1990.
 * @example differentItems(new Map([[3, 10], [7, 1]]), 16384).value // 2.0001…
 */
export function differentItems(shown: ShownCells, cells: number): Outcome<Estimate> {
  if (shown.size === 0) return { reason: 'not_enough_data' };
  if (shown.size > FULLEST * cells) return { reason: 'too_many_items' };
  const load = -Math.log(1 - shown.size / cells);
  const value = cells * load;
  const reach = Z_TWO_SIDED_95 * Math.sqrt(cells * Math.max(0, Math.expm1(load) - load));
  return { value, low: Math.max(shown.size, value - reach), high: value + reach };
}

/**
 * Catalogue coverage: the share of the different items of a catalogue that were shown, in (0, 1]; the interval is that of the
 * counting. `catalogue`: what it consists of, shown here or elsewhere. Reasons as `differentItems`.
 * Source: Ge, Delgado-Battenfeld and Jannach 2010.
 * @example catalogueCoverage(new Map([[1, 5]]), new Map([[1, 5], [2, 5]]), 16384).value // 0.5
 */
export function catalogueCoverage(
  shown: ShownCells,
  catalogue: ShownCells,
  cells: number,
): Outcome<Estimate> {
  const all = differentItems(new Map([...catalogue, ...shown]), cells);
  const some = differentItems(shown, cells);
  if ('reason' in all) return all;
  if ('reason' in some) return some;
  const of = (items: number) => Math.min(1, items / all.value);
  return { value: of(some.value), low: of(some.low), high: of(some.high) };
}

/**
 * Novelty: the mean self-information −log₂(share) of what was shown, in bits, by the share that each item has of `popularity`, half a
 * count added to each; the more of what is rare elsewhere, the higher. 95 % interval of the mean over what was shown, as if each
 * were drawn by itself. Fewer than two shown are `not_enough_data`.
 * Source: Zhou, Kuscsik, Liu, Medo, Wakeling and Zhang 2010.
 * @example novelty(new Map([[1, 4], [2, 4]]), new Map([[1, 500], [2, 500]])).value // 1
 */
export function novelty(shown: ShownCells, popularity: ShownCells): Outcome<Estimate> {
  const names = new Set([...popularity.keys(), ...shown.keys()]);
  let whole = names.size / 2;
  for (const count of popularity.values()) whole += count;
  const sums = { n: 0, sum: 0, sum2: 0 };
  for (const [cell, count] of shown) {
    const bits = Math.log2(whole / ((popularity.get(cell) ?? 0) + 0.5));
    sums.n += count;
    sums.sum += count * bits;
    sums.sum2 += count * bits * bits;
  }
  const found = mean(sums);
  return 'value' in found ? { ...found, low: Math.max(0, found.low) } : found;
}
