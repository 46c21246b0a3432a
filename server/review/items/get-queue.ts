import type { ReviewQueue } from '../../../contract/review.ts';
import { MOST_OPEN_REVIEWS, REVIEW_REASONS } from '../../../contract/review.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { reviewOf } from '../../models/review.ts';
import { filledTo } from '../fill/state.ts';
import { answerOf } from './answer-of.ts';
import { reviewerOf } from './take-turn.ts';
import { takeable } from './takeable.ts';

const DAY = 86_400_000;

/** How the queue of a model stands, and what of it whoever asks may do. Errors: not_allowed, not_found. */
export async function getQueue(ctx: Ctx, id: string): Promise<ReviewQueue> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const now = ctx.clock();
  const reviewer = reviewerOf(ctx);
  const items = ctx.ledger.selectFrom('review_items').where('model', '=', model.id);
  const [reasons, yours, finished, answered, filled, answer] = await Promise.all([
    items
      .select(({ fn }) => ['reason', fn.countAll<number>().as('n'), fn.min('created_at').as('oldest')])
      .where('state', '=', 'open')
      .groupBy('reason')
      .execute(),
    items
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where(takeable(reviewer, now))
      .executeTakeFirstOrThrow(),
    items
      .select(({ fn }) => ['state', fn.countAll<number>().as('n')])
      .where('finished_at', '>', now - DAY)
      .groupBy('state')
      .execute(),
    ctx.ledger
      .selectFrom('review_turns')
      .innerJoin('review_items', 'review_items.id', 'review_turns.item')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('reviewer', '=', reviewer)
      .where('at', '>', now - DAY)
      .where('review_turns.state', '=', 'answered')
      .where('model', '=', model.id)
      .executeTakeFirstOrThrow(),
    filledTo(ctx, model.id),
    answerOf(ctx, model),
  ]);
  const open = reasons.reduce((sum, { n }) => sum + Number(n), 0);
  const ended = (state: string) => Number(finished.find((row) => row.state === state)?.n ?? 0);
  const counts = new Map(reasons.map(({ reason, n }) => [reason, Number(n)]));
  return {
    ...{ model: model.id, settings: reviewOf(model), open },
    oldest_at: open === 0 ? null : rfc3339(Math.min(...reasons.map(({ oldest }) => Number(oldest)))),
    reasons: REVIEW_REASONS.flatMap((reason) => {
      const n = counts.get(reason);
      return n === undefined ? [] : { reason, n };
    }),
    ...{ yours: Number(yours.n), done: ended('done'), skipped: ended('skipped') },
    ...{ done_by_you: Number(answered.n), full: open >= MOST_OPEN_REVIEWS },
    answer,
    filled_to: filled === null ? null : rfc3339(filled),
  };
}
