import { segmentKey } from '../../../contract/segment-key.ts';
import type { Ctx } from '../../context.ts';
import { keptAnswer } from '../../store/lake/kept-answers.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { Profile } from '../profile.ts';
import { originOf, type ProfileRow, pointOf, segmentQuery } from '../read/queries/profiles.ts';
import type { ProfileRange } from '../read/read-profiles.ts';
import { allKeys, isSettled, type Split, splitId, splitNames } from './split.ts';

/** How the predictions of a model are split, as its profiles were made; without splits that are not settled. */
export async function modelSplits({ ledger }: Pick<Ctx, 'ledger'>, model: string): Promise<Split[]> {
  const row = await ledger
    .selectFrom('profile_heads')
    .select('splits')
    .where('model', '=', model)
    .executeTakeFirst();
  return (JSON.parse(row?.splits ?? '[]') as Split[]).filter(isSettled);
}

/** The keys of the segments that people split a model by, as its profiles were made: at most 21 of each of its splits. */
export async function watchedSegments(
  ctx: Pick<Ctx, 'ledger'>,
  { id, segments }: Pick<ModelRow, 'id' | 'segments'>,
): Promise<string[]> {
  if (segments === null) return [];
  const named = new Set(splitNames({ segments, protected: null }).map((names) => segmentKey(names, null)));
  return allKeys((await modelSplits(ctx, id)).filter((split) => named.has(splitId(split))));
}

/** The profiles of some segments over a range, by segment and column; '' is that of all rows. One statement; absent is what has no rows. */
export async function readSegments(
  ctx: Pick<Ctx, 'lake'>,
  range: ProfileRange & { readonly segments: readonly string[]; readonly columns: readonly string[] },
): Promise<Map<string, Map<string, Profile>>> {
  const { sql, params } = segmentQuery(range);
  const rows = await keptAnswer(ctx.lake, originOf(range), ['segments'], () =>
    ctx.lake.query<ProfileRow>(sql, params),
  );
  const found = new Map<string, Map<string, Profile>>();
  for (const row of rows) {
    const { version: segment, column, profile } = pointOf(row);
    const columns = found.get(segment) ?? new Map<string, Profile>();
    found.set(segment, columns.set(column, profile));
  }
  return found;
}
