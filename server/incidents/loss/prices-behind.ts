import type { Ctx } from '../../context.ts';
import { AGAIN_MS } from './prices-job.ts';

export interface PricesBehind {
  /** Incidents whose costs are due to be looked at again. */
  readonly waiting: number;
  /** Since when the first of them is, in epoch milliseconds; null while none is. */
  readonly since: number | null;
}

/** How far the look at what incidents cost is behind. One statement, of incidents that go on. */
export async function pricesBehind({ ledger, clock }: Pick<Ctx, 'ledger' | 'clock'>): Promise<PricesBehind> {
  const rows = await ledger
    .selectFrom('incidents')
    .select(['priced_at', 'opened_at'])
    .where('status', '!=', 'resolved')
    .where('model', '!=', '')
    .where('priced_at', '<=', clock() - AGAIN_MS)
    .execute();
  const due = rows.map(({ priced_at, opened_at }) => Math.max(priced_at, opened_at) + AGAIN_MS);
  return { waiting: due.length, since: due.reduce<number | null>((a, b) => Math.min(a ?? b, b), null) };
}
