import { sql } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';

export interface StoreState {
  readonly state: 'ok' | 'unavailable';
  /** How long the store took to answer. */
  readonly ms: number;
}

/** Asks both stores the smallest question. */
export async function probeStores(ctx: Ctx): Promise<{ lake: StoreState; ledger: StoreState }> {
  const [lake, ledger] = await Promise.all([
    probe(ctx, () => ctx.lake.query('SELECT 1', {}, { maxSeconds: 5 })),
    probe(ctx, () => sql`select 1`.execute(ctx.ledger)),
  ]);
  return { lake, ledger };
}

async function probe(ctx: Ctx, ask: () => Promise<unknown>): Promise<StoreState> {
  const begun = ctx.clock();
  const state = await ask().then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  return { state, ms: ctx.clock() - begun };
}

/** Errors: store_unavailable, which names the store. */
export async function readiness(ctx: Ctx): Promise<{ status: 'ready' }> {
  const stores = await probeStores(ctx);
  const away = Object.entries(stores).filter(([, store]) => store.state !== 'ok');
  if (away.length === 0) return { status: 'ready' };
  const message = `not answering: ${away.map(([name]) => name).join(', ')}`;
  throw new TiltmeterError('store_unavailable', message, { retryAfter: 2 });
}
