import { mergeInto } from '../../stats/grid-summary.ts';
import { finite } from './compute.ts';
import { EMPTY_PROFILE, type Profile } from './profile.ts';

/**
 * The profile of all rows together: profiles of one column merge by adding, in any order. None gives the empty profile.
 * `mergeProfiles([p, p]).n` → 2 · p.n
 */
export function mergeProfiles(profiles: Iterable<Profile>): Profile {
  const all = [...profiles];
  if (all.length === 0) return EMPTY_PROFILE;
  if (all.length === 1) return all[0]!;
  const grid = new Map<number, number>();
  const counts = new Map<string, number>();
  for (const profile of all) {
    mergeInto(grid, profile.grid);
    mergeInto(counts, profile.counts);
  }
  const add = (of: (profile: Profile) => number) =>
    finite(all.reduce((sum, profile) => sum + of(profile), 0));
  return {
    n: add((p) => p.n),
    missing: add((p) => p.missing),
    invalid: add((p) => p.invalid),
    sum: add((p) => p.sum),
    sum2: add((p) => p.sum2),
    min: extreme(all, (p) => p.min, Math.min),
    max: extreme(all, (p) => p.max, Math.max),
    grid,
    counts,
    other: add((p) => p.other),
  };
}

function extreme(
  profiles: readonly Profile[],
  of: (profile: Profile) => number | null,
  pick: (a: number, b: number) => number,
): number | null {
  let found: number | null = null;
  for (const profile of profiles) {
    const value = of(profile);
    if (value !== null) found = found === null ? value : pick(found, value);
  }
  return found;
}
