import type { Ctx } from '../context.ts';
import type { Fence } from './fence.ts';
import { decidingServers } from './live.ts';

/**
 * The lease of this name, when no other server that lives has it; null when one has. Whoever has it keeps it. One
 * statement takes it, so of two that ask at once one gets it.
 */
export async function takeLease(
  ctx: Pick<Ctx, 'ledger'>,
  name: string,
  server: string,
): Promise<Fence | null> {
  const { ledger } = ctx;
  const had = await ledger
    .selectFrom('leases')
    .select('fence')
    .where('name', '=', name)
    .where('holder', '=', server)
    .executeTakeFirst();
  if (had) return { of: 'job', name, server, fence: had.fence };
  const taken = await ledger
    .insertInto('leases')
    .values({ name, holder: server, fence: 1 })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({ holder: server, fence: eb('leases.fence', '+', 1) }))
        .where('leases.holder', 'not in', decidingServers(ledger)),
    )
    .returning('fence')
    .executeTakeFirst();
  return taken ? { of: 'job', name, server, fence: taken.fence } : null;
}
