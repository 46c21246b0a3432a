import type { ReviewState } from '../../../contract/review.ts';
import type { ReviewItemRow, ReviewTurnRow } from '../../store/ledger/schema.ts';
import { holds } from './item.ts';

type Turn = Pick<ReviewTurnRow, 'reviewer' | 'state' | 'until'>;

/**
 * Why somebody may not take an item, in a sentence; null when they may. Who has it already may, and who has answered it may answer it anew; else there must be
 * a place that nobody has. Pure.
 */
export function refusal(
  item: Pick<ReviewItemRow, 'state' | 'wanted'>,
  turns: readonly Turn[],
  reviewer: string,
  now: number,
): string | null {
  const standing = turns.filter((turn) => holds(turn, now));
  if (standing.some((turn) => turn.reviewer === reviewer)) return null;
  if (item.state !== 'open') return 'It is finished: as many people as it wants have looked at it';
  if (standing.length < item.wanted) return null;
  return `${standing.map((turn) => turn.reviewer).join(', ')} ${standing.length === 1 ? 'has' : 'have'} it already`;
}

/** The state of an item after these turns: open until as many people as it wants have answered or skipped it. Pure. */
export function stateAfter(item: Pick<ReviewItemRow, 'wanted'>, turns: readonly Turn[]): ReviewState {
  const over = turns.filter(({ state }) => state !== 'claimed');
  if (over.length < item.wanted) return 'open';
  return over.some(({ state }) => state === 'answered') ? 'done' : 'skipped';
}
