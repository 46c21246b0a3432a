import type { ReviewQueue } from '../../../contract/review.ts';
import type { Ctx } from '../../context.ts';
import { profiledColumns, storedAnswer } from '../../models/columns/profiled-columns.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { labelMode } from '../../profiles/labels/mode.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';

/** Classes that are offered. */
const MOST = 30;
const AS = { classes: 'class', numeric: 'number', lists: 'items' } as const;

/** What an answer about a model is; of classes those that labels had and those that were predicted, by name. */
export async function answerOf(
  ctx: Pick<Ctx, 'ledger'>,
  { id, task }: Pick<ModelRow, 'id' | 'task'>,
): Promise<ReviewQueue['answer']> {
  const as = AS[labelMode(task, storedAnswer(await profiledColumns(ctx, id)))];
  if (as !== 'class') return { as, classes: [] };
  const [head, predicted] = await Promise.all([
    profileHead(ctx, id),
    ctx.ledger
      .selectFrom('review_items')
      .select('stratum')
      .distinct()
      .where('model', '=', id)
      .where('state', '=', 'open')
      .limit(MOST)
      .execute(),
  ]);
  const names = [...(head?.classes ?? []), ...predicted.map(({ stratum }) => stratum)];
  const known = [...new Set(names)].filter((name) => name !== '').slice(0, MOST);
  return { as, classes: known.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })) };
}
