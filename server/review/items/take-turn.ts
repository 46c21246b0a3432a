import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { ReviewItem, ReviewTurn } from '../../../contract/review.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import { type Ctx, shownName } from '../../context.ts';
import type { Ledger, ReviewItemRow } from '../../store/ledger/schema.ts';
import { itemOf, turnsOf } from './item.ts';
import { refusal, stateAfter } from './turns.ts';

/** How long an item is somebody's who took it and says nothing more. */
const CLAIM_MS = 10 * 60_000;

export interface Place {
  readonly model: string;
  readonly id: string;
}

/** As whom somebody answers: the `source` of their labels. */
export function reviewerOf({ actor }: Pick<Ctx, 'actor'>): string {
  return shownName(actor).slice(0, 128);
}

/** Takes an item for ten minutes, so that no more people work at it than it wants. Errors: not_allowed, not_found, conflict. */
export function claimItem(ctx: Ctx, place: Place): Promise<ReviewItem> {
  authorise(ctx.actor, 'write');
  return takeTurn(ctx, place, { reviewer: reviewerOf(ctx), state: 'claimed', until: ctx.clock() + CLAIM_MS });
}

/** Gives an item to somebody, until they have answered or skipped it. Errors: not_allowed, not_found, conflict. */
export function assignItem(ctx: Ctx, place: Place, to: string): Promise<ReviewItem> {
  authorise(ctx.actor, 'write');
  return takeTurn(ctx, place, { reviewer: to, state: 'claimed', until: null }, 'review.assign');
}

/** Says that one cannot tell: it goes to somebody else, where it wants others. Errors: not_allowed, not_found, conflict. */
export function skipItem(ctx: Ctx, place: Place): Promise<ReviewItem> {
  authorise(ctx.actor, 'write');
  const turn = { reviewer: reviewerOf(ctx), state: 'skipped', until: null } as const;
  return takeTurn(ctx, place, turn, 'review.skip');
}

interface Turn {
  readonly reviewer: string;
  readonly state: ReviewTurn['state'];
  readonly until: number | null;
}

/**
 * Writes what somebody does with an item, one after the other of those who do at once. What was answered or skipped is not claimed again.
 * `audited`: a line in the audit log, which a claim has none of. Errors: not_found, conflict.
 */
export async function takeTurn(ctx: Ctx, place: Place, turn: Turn, audited?: string): Promise<ReviewItem> {
  return ctx.ledger.transaction().execute(async (trx) => {
    const item = await lockedItem(trx, place);
    const now = ctx.clock();
    const turns = (await turnsOf({ ledger: trx }, [item.id])).get(item.id) ?? [];
    const why = refusal(item, turns, turn.reviewer, now);
    if (why !== null) throw new TiltmeterError('conflict', why);
    const before = turns.find(({ reviewer }) => reviewer === turn.reviewer);
    const over = before !== undefined && before.state !== 'claimed';
    // A claim that was given without an end is not shortened by taking it.
    const kept = turn.state === 'claimed' && (over || (before !== undefined && before.until === null));
    if (kept) return itemOf(item, turns, now);
    const row = { item: item.id, ...turn, at: now };
    await trx
      .insertInto('review_turns')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['item', 'reviewer']).doUpdateSet({ state: turn.state, at: now, until: turn.until }),
      )
      .execute();
    const all = [...turns.filter(({ reviewer }) => reviewer !== turn.reviewer), row];
    const state = stateAfter(item, all);
    const finished_at = state === 'open' ? null : (item.finished_at ?? now);
    if (state !== item.state)
      await trx.updateTable('review_items').set({ state, finished_at }).where('id', '=', item.id).execute();
    if (audited !== undefined) {
      const { prediction, reason } = item;
      await audit(ctx, trx, audited, item.model, {
        item: item.id,
        prediction,
        reason,
        reviewer: turn.reviewer,
      });
    }
    return itemOf({ ...item, state, finished_at }, all, now);
  });
}

async function lockedItem(trx: Transaction<Ledger>, { model, id }: Place): Promise<ReviewItemRow> {
  const row = await trx
    .selectFrom('review_items')
    .selectAll()
    .where('id', '=', id)
    .where('model', '=', model)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new TiltmeterError('not_found', `${model} has no such item in its queue`);
  return row;
}
