import { type ErrorCode, TiltmeterError } from '../../../contract/errors.ts';
import type { ReviewAnswer, ReviewItem } from '../../../contract/review.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import type { Ingest } from '../../events/ingest.ts';
import { type Place, reviewerOf, takeTurn } from './take-turn.ts';

/** How long an item is held for its answer to be stored. */
const HELD_MS = 60_000;

/**
 * Stores what somebody says of a prediction: a label that a person gave, with them as its source, on the way that all labels go. It is there before the item
 * counts as answered, so that dying in between it is asked for again and nothing is lost. Answered anew, the later counts.
 * Errors: not_allowed (who may not send labels), not_found, conflict (others have it), invalid_request (no label of this model), and those of the way in.
 */
export async function answerItem(
  ctx: Ctx,
  ingest: Pick<Ingest, 'accept'>,
  place: Place,
  { label }: ReviewAnswer,
): Promise<ReviewItem> {
  authorise(ctx.actor, 'ingest');
  const reviewer = reviewerOf(ctx);
  const { prediction: id } = await takeTurn(ctx, place, {
    ...{ reviewer, state: 'claimed', until: ctx.clock() + HELD_MS },
  });
  const event = { model: place.model, id, label, source: reviewer, human: true, time: ctx.clock() };
  const { rejected } = await ingest.accept(ctx, 'labels', [{ value: event, raw: JSON.stringify(event) }]);
  const [refused] = rejected;
  if (refused !== undefined) throw new TiltmeterError(refused.code as ErrorCode, `label: ${refused.message}`);
  return takeTurn(ctx, place, { reviewer, state: 'answered', until: null }, 'review.answer');
}
