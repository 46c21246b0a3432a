import type { ReviewItem, ReviewQuery } from '../../../contract/review.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { pageFrom } from '../../page.ts';
import { itemOf, turnsOf } from './item.ts';
import { reviewerOf } from './take-turn.ts';
import { takeable } from './takeable.ts';

/**
 * Items of a model's queue: open ones in the order in which they came, all others the newest first.
 * Errors: not_allowed, not_found.
 */
export async function listItems(
  ctx: Ctx,
  id: string,
  { state, reason, assignee, mine = false, limit, cursor }: ReviewQuery,
): Promise<{ items: ReviewItem[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const waits = mine || state === 'open';
  const now = ctx.clock();
  let query = ctx.ledger
    .selectFrom('review_items')
    .selectAll()
    .where('model', '=', model.id)
    .orderBy('id', waits ? 'asc' : 'desc')
    .limit(limit + 1);
  if (state !== undefined) query = query.where('state', '=', state);
  if (reason !== undefined) query = query.where('reason', '=', reason);
  if (mine) query = query.where(takeable(reviewerOf(ctx), now));
  if (assignee !== undefined)
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('review_turns')
          .select('item')
          .whereRef('review_turns.item', '=', 'review_items.id')
          .where('reviewer', '=', assignee)
          .where('review_turns.state', '=', 'claimed')
          .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)])),
      ),
    );
  if (cursor !== undefined) query = query.where('id', waits ? '>' : '<', cursor);
  const page = pageFrom(await query.execute(), limit, (row) => row.id);
  const turns = await turnsOf(
    ctx,
    page.items.map((row) => row.id),
  );
  return { ...page, items: page.items.map((row) => itemOf(row, turns.get(row.id) ?? [], now)) };
}
