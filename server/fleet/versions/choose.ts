import { TiltmeterError } from '../../../contract/errors.ts';
import type { VersionSeen } from '../../profiles/heads/profile-head.ts';

/** How many predictions of a version a range has. */
export interface VersionCount {
  readonly version: string;
  readonly n: number;
}

export interface Wanted {
  readonly version?: string | undefined;
  readonly baseline?: string | undefined;
}

/**
 * The version that is looked at and the one it is held against: as asked for; else the newest one of the range, and the
 * one with most predictions besides. Null for one that there is not. `seen`: all versions of the model, newest first.
 * Errors: not_found for a version that the model never had, invalid_request for one beside itself.
 * @example chooseVersions([{ version: '2', n: 5 }, { version: '1', n: 90 }], [{ version: '2', last: 9 }, { version: '1', last: 8 }], {}) // { version: '2', baseline: '1' }
 */
export function chooseVersions(
  counts: readonly VersionCount[],
  seen: readonly Pick<VersionSeen, 'version'>[],
  wanted: Wanted,
): { readonly version: string | null; readonly baseline: string | null } {
  for (const name of [wanted.version, wanted.baseline]) {
    const known = name === undefined || [...counts, ...seen].some(({ version }) => version === name);
    if (!known) throw new TiltmeterError('not_found', `the model has no version ${name}`);
  }
  if (wanted.version !== undefined && wanted.version === wanted.baseline)
    throw new TiltmeterError('invalid_request', 'version and baseline are the same');
  const there = new Set(counts.map(({ version }) => version));
  const newest = seen.find(({ version }) => there.has(version) && version !== wanted.baseline)?.version;
  const version = wanted.version ?? newest ?? null;
  const most = counts.filter((count) => count.version !== version).sort((a, b) => b.n - a.n)[0];
  return { version, baseline: wanted.baseline ?? most?.version ?? null };
}

/**
 * Which two are in question where nothing is said: the one that came last, and the one with most predictions besides. Errors
 * as in `chooseVersions`. Pure.
 * @example chooseContender([{ version: '1', n: 90, steps: new Map([[0, 90]]) }, { version: '2', n: 5, steps: new Map([[3, 5]]) }], [], {}) // { version: '2', baseline: '1' }
 */
export function chooseContender(
  traffic: readonly (VersionCount & { readonly steps: ReadonlyMap<number, number> })[],
  seen: readonly Pick<VersionSeen, 'version'>[],
  wanted: Wanted,
): ReturnType<typeof chooseVersions> {
  const others = traffic.filter(({ version }) => version !== wanted.baseline);
  const first = ({ steps }: (typeof others)[number]) => Math.min(...steps.keys());
  const latest = [...others].sort((a, b) => first(b) - first(a) || a.n - b.n)[0]?.version;
  const version = wanted.version ?? latest;
  return chooseVersions(traffic, seen, version === undefined ? wanted : { ...wanted, version });
}
