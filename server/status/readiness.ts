import { sql } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { askedTogether } from '../store/asked-together.ts';
import { readTroubles } from './watch/concerns.ts';
import { lasting } from './watch/durations.ts';
import type { Trouble, TroubleKind } from './watch/trouble.ts';

export interface StoreState {
  readonly state: 'ok' | 'unavailable';
  /** How long the store took to answer. */
  readonly ms: number;
}

interface States {
  readonly lake: StoreState;
  readonly ledger: StoreState;
}

/** Asks both stores the smallest question. Whoever asks meanwhile gets the same answer, who asks often one of a moment ago: anybody may, as often as they like. */
export const probeStores = (ctx: Ctx): Promise<States> => askedTogether(ctx.ledger, 'states', () => ask(ctx));

async function ask(ctx: Ctx): Promise<States> {
  const [lake, ledger] = await Promise.all([
    probe(ctx, () => ctx.lake.query('SELECT 1', {}, { maxSeconds: 5 })),
    probe(ctx, () => sql`select 1`.execute(ctx.ledger)),
  ]);
  return { lake, ledger };
}

async function probe(ctx: Ctx, question: () => Promise<unknown>): Promise<StoreState> {
  const begun = ctx.clock();
  const state = await question().then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  return { state, ms: ctx.clock() - begun };
}

/** Errors: store_unavailable, which names the store. */
export async function readiness(ctx: Ctx): Promise<{ status: 'ready'; troubles: string[] }> {
  const stores = await probeStores(ctx);
  const away = Object.entries(stores).filter(([, store]) => store.state !== 'ok');
  // A model that is not judged is no reason to take a server out of the load balancer: it is told, and 200.
  if (away.length === 0) return { status: 'ready', troubles: unnamed(await readTroubles(ctx), ctx.clock()) };
  const message = `not answering: ${away.map(([name]) => name).join(', ')}`;
  throw new TiltmeterError('store_unavailable', message, { retryAfter: 2 });
}

const BEHIND: Readonly<Record<TroubleKind, string>> = {
  roll_up: 'roll-up is behind',
  judging: 'judging is behind',
  delivery: 'messages are not delivered',
  digest: 'digests are not sent',
  rejects: 'most events are refused',
  disk: 'the disk is nearly full',
  table: 'a table was gone and is empty',
  features: 'features are left out',
  outage: 'no server was running for a while',
  removal: 'what was removed is not gone',
  store: 'a store did not answer for a while',
  clock: 'the clock of a server is behind',
  versions: 'versions are counted together',
  prometheus: 'a source of metrics is not read',
  scraping: 'targets of scraping do not answer',
  prices: 'costs of incidents are of long ago',
};

/** The troubles without any name: whoever reaches the port may read this. */
function unnamed(troubles: readonly Trouble[], now: number): string[] {
  return [...Map.groupBy(troubles, ({ kind }) => kind)].map(([kind, all]) => {
    const oldest = Math.min(...all.map(({ since }) => since));
    return `${BEHIND[kind]}: ${all.length}, for ${lasting(now - oldest)}`;
  });
}
