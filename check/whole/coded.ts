import type { Coded } from '../../stats/multivariate/dependence.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import { sortNumbers } from '../../tables/columns/sort-numbers.ts';

/**
 * A column of sampled rows as pairs are made of: ranks where it is numbers, by each side's own so that a shift of the level alone changes no dependence; else bins.
 * The current side is made when it is asked for: most columns go together with no other.
 */
export interface CodedColumn {
  readonly reference: Coded;
  current(): Coded;
}

/** A category has a bin where the reference has so many of it. */
const CARRIED_ROWS = 20;
const CARRIED_SHARE = 0.05;

export function codedColumns(reference: readonly Feature[], current: readonly Feature[]): CodedColumn[] {
  return reference.map((before, f) => {
    const after = current[f]!;
    if (before.kind === 'numeric' && after.kind === 'numeric')
      return coded(numbers(before.values), () => numbers(after.values));
    const place = placesOf(before.values as ArrayLike<string | null>);
    const binned = ({ values }: Feature) => categories(values as ArrayLike<string | null>, place);
    return coded(binned(before), () => binned(after));
  });
}

function coded(reference: Coded, make: () => Coded): CodedColumn {
  let current: Coded | null = null;
  return {
    reference,
    current() {
      current ??= make();
      return current;
    },
  };
}

function numbers(values: ArrayLike<number>): Coded {
  const sorted = sortNumbers(finiteOf(values));
  const z = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    // Ranks around 0 with a standard deviation of about 1.
    z[i] = Number.isFinite(x) ? Math.sqrt(12) * (middleRank(sorted, x) / sorted.length - 0.5) : Number.NaN;
  }
  return { kind: 'ranks', z };
}

function finiteOf(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]!)) kept[n++] = values[i]!;
  return kept.subarray(0, n);
}

/** How many of the sorted numbers are below x, those equal to it counted half. */
function middleRank(sorted: Float64Array, x: number): number {
  const below = firstAt(sorted, 0, x, false);
  // Most numbers stand alone.
  const alone = below + 1 >= sorted.length || sorted[below + 1] !== x;
  return (below + (alone ? below + 1 : firstAt(sorted, below, x, true))) / 2;
}

/** The first place from `from` on whose number is at least x, or beyond it. */
function firstAt(sorted: Float64Array, from: number, x: number, beyond: boolean): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle]!;
    if (beyond ? other > x : other >= x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The bins of the categories that the reference has enough of; all others are together in the last. */
function placesOf(values: ArrayLike<string | null>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const least = Math.max(CARRIED_ROWS, CARRIED_SHARE * values.length);
  const carried = [...counts].filter(([, count]) => count >= least).map(([name]) => name);
  return new Map(carried.map((name, place) => [name, place]));
}

function categories(values: ArrayLike<string | null>, places: ReadonlyMap<string, number>): Coded {
  const bins = Int16Array.from({ length: values.length }, (_, i) => {
    const value = values[i];
    return value === null || value === undefined ? -1 : (places.get(value) ?? places.size);
  });
  return { kind: 'bins', bins, count: places.size + 1 };
}
