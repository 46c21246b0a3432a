import type { PredictionPage } from '../../../contract/prediction.ts';
import { epochMs, LAST_MOMENT } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { moment } from '../../store/lake/moment.ts';
import { SENT_PROFILES } from '../sent-profiles-table.ts';
import type { PredictionFilter } from './filter.ts';

/** Length of a stretch that a profile counts at most: one that begins before a range may reach into it. */
const STRETCH_MS = 86_400_000;

/** Why a search found no row where agents counted predictions; undefined where they counted none. */
export async function profilesOnly(
  { lake }: Pick<Ctx, 'lake'>,
  model: string,
  { from = 0, to = LAST_MOMENT - 1 }: Pick<PredictionFilter, 'from' | 'to'>,
): Promise<PredictionPage['no_rows']> {
  const begin = Math.trunc(epochMs(from));
  const rows = await lake.query(
    `SELECT 1 AS found FROM ${SENT_PROFILES}
WHERE model = {model:String} AND time >= ${moment('from')} AND time < ${moment('to')} AND last >= ${moment('begin')} LIMIT 1`,
    { model, from: Math.max(0, begin - STRETCH_MS), to: Math.trunc(epochMs(to)), begin },
  );
  if (rows.length === 0) return undefined;
  const sentence =
    'Agents counted the predictions of this range where they were made and sent profiles alone: there are no rows to search.';
  return { reason: 'profiles_only', sentence };
}
