import type { Ctx } from '../context.ts';

/** A stretch in which an item waited for people, epoch milliseconds; `to` null: it waits still. */
export interface Waited {
  readonly from: number;
  readonly to: number | null;
}

/** Items that are read at most, those that came last. */
const MOST = 20_000;

/** When items of a model waited, of those that did in a stretch of time. */
export async function readWaited(
  { ledger }: Pick<Ctx, 'ledger'>,
  model: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Waited[]> {
  const rows = await ledger
    .selectFrom('review_items')
    .select(['created_at', 'finished_at'])
    .where('model', '=', model)
    .where('created_at', '<=', to)
    .where((eb) => eb.or([eb('state', '=', 'open'), eb('finished_at', '>', from)]))
    .orderBy('created_at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ created_at, finished_at }) => ({ from: created_at, to: finished_at }));
}
