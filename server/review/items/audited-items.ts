import type { Ctx } from '../../context.ts';
import type { ReviewItemRow } from '../../store/ledger/schema.ts';

export type AuditedItem = Pick<ReviewItemRow, 'prediction' | 'stratum' | 'weight' | 'state'>;

/** Audited predictions of a model with an event time in a range, the newest items first, so many at most. */
export function auditedItems(
  { ledger }: Pick<Ctx, 'ledger'>,
  model: string,
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
): Promise<AuditedItem[]> {
  return ledger
    .selectFrom('review_items')
    .select(['prediction', 'stratum', 'weight', 'state'])
    .where('model', '=', model)
    .where('reason', '=', 'audit')
    .where('time', '>=', from)
    .where('time', '<', to)
    .where('weight', 'is not', null)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}
