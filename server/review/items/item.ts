import type { ReviewItem } from '../../../contract/review.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import type { ReviewItemRow, ReviewTurnRow } from '../../store/ledger/schema.ts';

/** Turns of items, those of each in the order in which they were taken. */
export async function turnsOf(
  { ledger }: Pick<Ctx, 'ledger'>,
  items: readonly string[],
): Promise<Map<string, ReviewTurnRow[]>> {
  if (items.length === 0) return new Map();
  const rows = await ledger
    .selectFrom('review_turns')
    .selectAll()
    .where('item', 'in', [...items])
    .orderBy('at')
    .orderBy('reviewer')
    .execute();
  return Map.groupBy(rows, ({ item }) => item);
}

/** A stored item as the API shows it; a claim that is over is none. */
export function itemOf(row: ReviewItemRow, turns: readonly ReviewTurnRow[], now: number): ReviewItem {
  return {
    ...{ id: row.id, model: row.model, prediction: row.prediction, time: rfc3339(row.time) },
    ...{ reason: row.reason, value: row.value, columns: JSON.parse(row.columns) as string[] },
    ...{ stratum: row.stratum, weight: row.weight, created_at: rfc3339(row.created_at) },
    ...{ state: row.state, reviewers_wanted: row.wanted },
    turns: turns
      .filter((turn) => holds(turn, now))
      .map(({ reviewer, state, at, until }) => ({
        ...{ reviewer, state, at: rfc3339(at) },
        until: until === null ? null : rfc3339(until),
      })),
    finished_at: row.finished_at === null ? null : rfc3339(row.finished_at),
  };
}

/** Whether a turn takes a place: one that is done does, and a claim until it runs out. */
export function holds({ state, until }: Pick<ReviewTurnRow, 'state' | 'until'>, now: number): boolean {
  return state !== 'claimed' || until === null || until > now;
}
