import type { Ctx } from '../context.ts';

/** A stretch in which no server was awake, by their wall clocks, in epoch milliseconds. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** In a shorter pause, as of a restart, hardly anything is missed. */
const LEAST_MS = 10 * 60_000;
/** Nothing looks further back. */
const FORGET_MS = 90 * 86_400_000;

/** A server is awake, and the last time that any was is a while ago: nobody listened in between. */
export async function noteOutage({ ledger }: Pick<Ctx, 'ledger'>, { from, to }: Outage): Promise<void> {
  if (from <= 0 || to - from < LEAST_MS) return;
  await ledger
    .insertInto('outages')
    .values({ from, to })
    .onConflict((conflict) => conflict.column('from').doNothing())
    .execute();
  await ledger
    .deleteFrom('outages')
    .where('to', '<', to - FORGET_MS)
    .execute();
}

/** Outages that ended after a moment, in order. */
export async function outagesSince({ ledger }: Pick<Ctx, 'ledger'>, since: number): Promise<Outage[]> {
  return ledger.selectFrom('outages').selectAll().where('to', '>', since).orderBy('from').execute();
}
