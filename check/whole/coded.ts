import type { Coded } from '../../stats/multivariate/dependence.ts';
import type { Feature } from '../../stats/trees/feature.ts';

/** A column of sampled rows as pairs are made of: ranks where it is numbers, by each side's own so that a shift of the level alone changes no dependence; else bins. */
export type CodedColumn = Readonly<Record<'reference' | 'current', Coded>>;

/** A category has a bin where the reference has so many of it. */
const CARRIED_ROWS = 20;
const CARRIED_SHARE = 0.05;

export function codedColumns(reference: readonly Feature[], current: readonly Feature[]): CodedColumn[] {
  return reference.map((before, f) => {
    const after = current[f]!;
    if (before.kind === 'numeric' && after.kind === 'numeric')
      return { reference: numbers(before.values), current: numbers(after.values) };
    const place = placesOf(before.values as ArrayLike<string | null>);
    return {
      reference: categories(before.values as ArrayLike<string | null>, place),
      current: categories(after.values as ArrayLike<string | null>, place),
    };
  });
}

function numbers(values: ArrayLike<number>): Coded {
  const sorted = Float64Array.from(values as ArrayLike<number>)
    .filter(Number.isFinite)
    .sort();
  const n = sorted.length;
  const z = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const middle = Number.isFinite(x) ? (below(sorted, x) + notAbove(sorted, x)) / (2 * n) : Number.NaN;
    // Ranks around 0 with a standard deviation of about 1.
    z[i] = Math.sqrt(12) * (middle - 0.5);
  }
  return { kind: 'ranks', z };
}

/** How many are below x. */
function below(sorted: Float64Array, x: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many are at most x. */
function notAbove(sorted: Float64Array, x: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
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
