import { OWN_VERSIONS } from '../profile.ts';

/**
 * Which versions have profiles of their own, when some more are seen: all of them while there is room. `crowded` when
 * there is not: then the most frequent ones of late are to be found. Pure.
 * `withVersions(['a'], ['b', 'a'])` → { versions: ['a', 'b'], crowded: false }
 */
export function withVersions(
  known: readonly string[],
  seen: readonly string[],
): { versions: readonly string[]; crowded: boolean } {
  const all = new Set([...known, ...seen]);
  return all.size <= OWN_VERSIONS
    ? { versions: [...all], crowded: false }
    : { versions: known.slice(0, OWN_VERSIONS), crowded: true };
}
