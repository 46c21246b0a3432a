import type { Ctx } from '../../context.ts';
import type { Profile } from '../profile.ts';
import { FEW_PROFILES, readStored, together } from './plain.ts';
import { type ProfileRow, pointOf, profileQuery } from './queries/profiles.ts';

/** Which profiles: event time `from` ≤ bucket < `to`, epoch milliseconds. */
export interface ProfileRange {
  readonly model: string;
  /** '' (default): production; else the id of a reference made from a file. */
  readonly source?: string;
  /** '' (default): all rows; else one of the model's segments. */
  readonly segment?: string;
  /** Several of them at once, in place of the one. */
  readonly segments?: readonly string[];
  /** All columns when absent, the special ones (`_prediction`, `_score|yes` …) included. */
  readonly columns?: readonly string[];
  /** All versions when absent. */
  readonly version?: string;
  readonly from: number;
  readonly to: number;
}

export interface ProfileOptions {
  /** Length of one time step in milliseconds, aligned to the UTC epoch; the whole range is one step when absent. */
  readonly step?: number;
  /** One profile per version instead of all versions together. */
  readonly byVersion?: boolean;
  /** One profile per segment, which is told in place of the version. */
  readonly bySegment?: boolean;
  /** How many profiles are stored in the range, about, when that is known: a few are put together here. */
  readonly expected?: number;
}

/** All of event time, and the moment at which references from files lie. */
export const EVER = { from: 0, to: 32_503_680_000_000 };

/** The profile of one column in one step. `time` is the step's start (`from` when the whole range is one step). */
export interface ProfilePoint {
  readonly column: string;
  readonly time: number;
  /** '' when all versions are together. */
  readonly version: string;
  readonly profile: Profile;
}

/**
 * Profiles merged in the engine, one query for all columns, ordered by column, time and version. Steps without rows are absent.
 * Example: `await readProfiles(ctx, { model: 'credit', columns: ['age'], from, to }, { step: 86_400_000 })`
 */
export async function readProfiles(
  ctx: Pick<Ctx, 'lake'>,
  range: ProfileRange,
  options: ProfileOptions = {},
): Promise<ProfilePoint[]> {
  const { step, byVersion = false, expected = Number.POSITIVE_INFINITY } = options;
  if (expected <= FEW_PROFILES)
    return together(await readStored(ctx, range), {
      time: (time) => (step === undefined ? range.from : Math.floor(time / step) * step),
      version: (version) => (byVersion ? version : ''),
    });
  const { sql, params } = profileQuery(range, options);
  const rows = await ctx.lake.query<ProfileRow>(sql, params);
  return rows.map(pointOf);
}

/** The only point of each column, by name: for ranges read as one step. */
export async function readColumns(
  ctx: Pick<Ctx, 'lake'>,
  range: ProfileRange,
  options: Pick<ProfileOptions, 'expected'> = {},
): Promise<Map<string, Profile>> {
  const points = await readProfiles(ctx, range, options);
  return new Map(points.map(({ column, profile }) => [column, profile]));
}
