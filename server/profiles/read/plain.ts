import type { Ctx } from '../../context.ts';
import { finite } from '../compute.ts';
import type { Profile } from '../profile.ts';
import { type PlainRow, plainQuery } from './queries/plain.ts';
import { pointOf } from './queries/profiles.ts';
import type { ProfilePoint, ProfileRange } from './read-profiles.ts';

/** So few profiles are put together by this process: a statement that does it takes longer to be understood than to be run. */
export const FEW_PROFILES = 1_500;

/**
 * The profiles of a range as they are stored: one per column, bucket and version, in any order; before `recent` only
 * those of `_all`.
 */
export async function readStored(
  ctx: Pick<Ctx, 'lake'>,
  range: ProfileRange,
  recent?: number,
): Promise<ProfilePoint[]> {
  const { sql, params } = plainQuery(range, recent);
  const rows = await ctx.lake.query<PlainRow>(sql, params);
  return rows.map(({ time_ms: time, ...row }) => pointOf({ ...row, time }));
}

/**
 * Profiles that belong together, added up; ordered by column, time and version. Pure.
 * `together(points, { time: () => from })` → one per column and version
 */
export function together(
  points: readonly ProfilePoint[],
  { time, version }: { time: (time: number) => number; version?: (version: string) => string },
): ProfilePoint[] {
  const keyed = points.map((point) => ({
    ...point,
    time: time(point.time),
    version: version ? version(point.version) : '',
  }));
  const groups = Map.groupBy(keyed, (point) => JSON.stringify([point.column, point.time, point.version]));
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, profile: sumOf(group.map(({ profile }) => profile)) }))
    .sort((a, b) => order(a.column, b.column) || a.time - b.time || order(a.version, b.version));
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function sumOf(profiles: readonly Profile[]): Profile {
  if (profiles.length === 1) return profiles[0]!;
  const total = (of: (profile: Profile) => number) => profiles.reduce((sum, profile) => sum + of(profile), 0);
  const some = (of: (profile: Profile) => number | null, pick: (...values: number[]) => number) => {
    const values = profiles.flatMap((profile) => of(profile) ?? []);
    return values.length === 0 ? null : pick(...values);
  };
  return {
    n: total(({ n }) => n),
    missing: total(({ missing }) => missing),
    invalid: total(({ invalid }) => invalid),
    sum: finite(total(({ sum }) => sum)),
    sum2: finite(total(({ sum2 }) => sum2)),
    min: some(({ min }) => min, Math.min),
    max: some(({ max }) => max, Math.max),
    grid: added(profiles.map(({ grid }) => grid)),
    counts: added(profiles.map(({ counts }) => counts)),
    other: total(({ other }) => other),
  };
}

function added<K>(maps: readonly ReadonlyMap<K, number>[]): Map<K, number> {
  const sum = new Map<K, number>();
  for (const map of maps) for (const [key, count] of map) sum.set(key, (sum.get(key) ?? 0) + count);
  return sum;
}
