import { type Grid, gridIndex } from '../../stats/asinh-grid.ts';
import { CATEGORY_LENGTH, EMPTY_PROFILE, type Profile, TOP_CATEGORIES } from './profile.ts';

/** A value that does not fit its column's type: counted as invalid, not as missing. */
export const MISFIT: unique symbol = Symbol('misfit');

/**
 * Profile of a numeric column's cells (null: missing). The pure counterpart of the roll-up in the engine: both give the
 * same numbers for the same rows (sums up to rounding). Without a grid only the moments are counted.
 * `numericProfile([1, null], { center: 0, scale: 1 }).missing` → 1
 */
export function numericProfile(cells: Iterable<number | null | typeof MISFIT>, grid: Grid | null): Profile {
  const values: number[] = [];
  let missing = 0;
  let invalid = 0;
  for (const cell of cells) {
    if (cell === null) missing++;
    else if (cell === MISFIT || !Number.isFinite(cell)) invalid++;
    else values.push(cell);
  }
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  let sum2 = 0;
  const counts = new Map<number, number>();
  for (const x of sorted) {
    sum += x;
    sum2 += x * x;
    if (grid === null) continue;
    const index = gridIndex(x, grid);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return {
    ...EMPTY_PROFILE,
    n: sorted.length + missing + invalid,
    missing,
    invalid,
    sum: finite(sum),
    sum2: finite(sum2),
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    grid: counts,
  };
}

/**
 * Profile of a categorical column's cells (null: missing), known by their first 256 characters: the `keep` most frequent values by name, the rest in `other`;
 * among equals the one whose UTF-8 bytes sort first is kept, as in the engine.
 * `categoricalProfile(['a', 'b', 'a'], 1)` → counts {a: 2}, other 1
 */
export function categoricalProfile(
  cells: Iterable<string | null | typeof MISFIT>,
  keep: number = TOP_CATEGORIES,
): Profile {
  const all = new Map<string, number>();
  let missing = 0;
  let invalid = 0;
  let n = 0;
  for (const cell of cells) {
    n++;
    if (cell === null) missing++;
    else if (cell === MISFIT) invalid++;
    else {
      const name = cell.length <= CATEGORY_LENGTH ? cell : [...cell].slice(0, CATEGORY_LENGTH).join('');
      all.set(name, (all.get(name) ?? 0) + 1);
    }
  }
  return countedProfile({ n, missing, invalid, counts: all }, keep);
}

/** The same of values that are counted already. */
export function countedProfile(
  {
    n,
    missing,
    invalid,
    counts: all,
  }: Pick<Profile, 'n' | 'missing' | 'invalid'> & {
    readonly counts: Iterable<readonly [string, number]>;
  },
  keep: number = TOP_CATEGORIES,
): Profile {
  const counts = mostFrequent(all, keep);
  let other = n - missing - invalid;
  for (const count of counts.values()) other -= count;
  return { ...EMPTY_PROFILE, n, missing, invalid, counts, other };
}

/** The `keep` most frequent, most frequent first, without sorting the others: of an id there are millions. */
function mostFrequent(all: Iterable<readonly [string, number]>, keep: number): Map<string, number> {
  const best: { value: string; count: number; bytes: Buffer }[] = [];
  for (const [value, count] of all) {
    const last = best.at(-1);
    if (last !== undefined && best.length >= keep && count < last.count) continue;
    const bytes = Buffer.from(value);
    let at = best.length;
    while (at > 0) {
      const before = best[at - 1]!;
      if (before.count > count || (before.count === count && Buffer.compare(before.bytes, bytes) < 0)) break;
      at--;
    }
    if (at >= keep) continue;
    best.splice(at, 0, { value, count, bytes });
    if (best.length > keep) best.pop();
  }
  return new Map(best.map(({ value, count }) => [value, count]));
}

/** Different values of a column of numbers that are counted as categories besides, in a file. */
const MOST_CODES = 100_000;

/**
 * A profile of numbers that counts them as categories besides, as people write them, so that the column may be taken for
 * either later; only as numbers where there are too many different ones for codes. The same texts as in the engine.
 * `withCodes(numericProfile([1, 2, 1], grid), [1, 2, 1]).counts` → {'1': 2, '2': 1}
 */
export function withCodes(profile: Profile, cells: Iterable<number | null | typeof MISFIT>): Profile {
  const all = new Map<number, number>();
  for (const cell of cells) {
    if (cell === null || cell === MISFIT || !Number.isFinite(cell)) continue;
    all.set(cell, (all.get(cell) ?? 0) + 1);
    if (all.size > MOST_CODES) return profile;
  }
  const named = [...all].map(([value, count]): [string, number] => [codeOf(value), count]);
  const { n, missing, invalid } = profile;
  const { counts, other } = countedProfile({ n, missing, invalid, counts: named });
  return { ...profile, counts, other };
}

/** A number that stands for a category, as the engine writes it: 1, not 1.0. */
export function codeOf(value: number): string {
  return String(value).replace('e+', 'e');
}

/** A sum that overflowed is held at the largest double, so that nothing downstream meets an infinity. */
export function finite(sum: number): number {
  if (Number.isNaN(sum)) return 0;
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, sum));
}
