import { categorySlot, slotsFor } from './category-slot.ts';
import type { ColumnCounts } from './column-counts.ts';
import { FEW_VALUES, SPECIAL_BINS, type SpecialBin } from './special-bins.ts';

/**
 * Frozen bins of a categorical column, made for two readers. Eyes want the most frequent by name: `top`, the others
 * together. A score must not have bins that one sample's luck chose: of `top` only the first `carried` are bins of its own,
 * all others lie in `slots` bins by the hash of their name, as many as they can fill (`scoredCounts`).
 * `known`: what the reference lists. `complete`: it lists all its categories, so that one outside `known` is new; else such
 * a one is in its slot, or "other" where the reference has no slots.
 * `unseen`, `twice`: how many categories the reference saw once, and twice; `once`: the first of these by the score's bins.
 */
export interface CategoricalBins {
  readonly kind: 'categorical';
  readonly top: readonly string[];
  readonly carried: number;
  readonly slots: number;
  readonly known: readonly string[];
  readonly complete: boolean;
  readonly unseen: number;
  readonly twice: number;
  readonly once: readonly number[];
}

/** What carries a bin of its own: so many rows, and so large a share, that luck did not choose it. */
const CARRIED_ROWS = 20;
const CARRIED_SHARE = 0.05;

/** Bins of categories frozen from a reference profile. @param wanted how many are named at most where there are many. */
export function categoricalBins(reference: ColumnCounts, wanted: number): CategoricalBins {
  const byCount = [...reference.counts]
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const complete = !(reference.other > 0);
  // As with numbers: few categories get a bin each, many share `wanted` bins.
  const few = byCount.length <= FEW_VALUES;
  const top = byCount.slice(0, few ? FEW_VALUES : wanted);
  const n = byCount.reduce((sum, [, count]) => sum + count, reference.other);
  const least = Math.max(CARRIED_ROWS, CARRIED_SHARE * n);
  const carried = few ? top.length : top.filter(([, count]) => count >= least).length;
  const repeated = byCount.slice(carried).reduce((sum, [, count]) => sum + (count > 1 ? count : 0), 0);
  const slots = !few && (complete || reference.slots) ? slotsFor(repeated + reference.other) : 0;
  const seen = (times: number) => byCount.filter(([, count]) => count === times);
  const once = new Array<number>(carried + slots).fill(0);
  for (const [name] of complete ? seen(1) : []) {
    const place = few ? top.findIndex(([each]) => each === name) : carried + categorySlot(name, slots);
    once[place]!++;
  }
  return {
    kind: 'categorical',
    top: top.map(([name]) => name),
    carried,
    slots,
    known: byCount.map(([name]) => name),
    complete,
    unseen: seen(1).length,
    twice: seen(2).length,
    once,
  };
}

/** Adds a profile's categories to counts on the bins. */
export function addCategories(
  bins: CategoricalBins,
  { counts: names, other, slots }: Pick<ColumnCounts, 'counts' | 'other' | 'slots'>,
  counts: number[],
): void {
  const places = placesOf(bins);
  const strange = special(bins, bins.complete ? 'new' : 'other');
  const first = bins.top.length;
  if (!bins.complete && bins.slots > 0 && slots) {
    for (const [slot, count] of slots.entries()) counts[first + (slot % bins.slots)]! += count;
    for (const name of bins.top) {
      const count = names.get(name) ?? 0;
      counts[places.get(name)!]! += count;
      counts[first + categorySlot(name, bins.slots)]! -= count;
    }
    return;
  }
  for (const [name, count] of names) counts[places.get(name) ?? strange]! += count;
  counts[strange]! += other;
}

/** Look-ups are made once per bins: a timeline asks the same bins for thousands of windows. */
const lookups = new WeakMap<CategoricalBins, ReadonlyMap<string, number>>();

function placesOf(bins: CategoricalBins): ReadonlyMap<string, number> {
  let made = lookups.get(bins);
  if (made === undefined) {
    made = categoryPlaces(bins);
    lookups.set(bins, made);
  }
  return made;
}

function categoryPlaces(bins: CategoricalBins): ReadonlyMap<string, number> {
  const other = special(bins, 'other');
  const rest = (name: string) => (bins.slots > 0 ? bins.top.length + categorySlot(name, bins.slots) : other);
  return new Map([
    ...bins.known.map((name) => [name, rest(name)] as const),
    ...bins.top.map((name, j) => [name, j] as const),
  ]);
}

function special({ top, slots }: CategoricalBins, name: SpecialBin): number {
  return top.length + slots + SPECIAL_BINS.indexOf(name);
}
