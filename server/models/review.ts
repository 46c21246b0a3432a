import type { ReviewSettings } from '../../contract/review.ts';
import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';

/** What is put into the queue of reviews of a model, as people set it; null where nobody did. */
export function reviewOf({ review }: Pick<ModelRow, 'review'>): ReviewSettings | null {
  return review === null ? null : (JSON.parse(review) as ReviewSettings);
}

/** Ids of the models whose predictions are put into a queue. */
export async function reviewedModels({ ledger }: Pick<Ctx, 'ledger'>): Promise<string[]> {
  const rows = await ledger.selectFrom('models').select('id').where('review', 'is not', null).execute();
  return rows.map(({ id }) => id);
}
