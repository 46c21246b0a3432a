import type { Ctx } from '../context.ts';
import type { OwnerRow } from '../store/ledger/schema.ts';
import type { Fence } from './fence.ts';
import { decidingServers } from './live.ts';
import { shares } from './shares.ts';

/** Names in one statement. */
const CHUNK = 500;

export interface Ownership {
  /** Models that this server owns and goes on owning. */
  models(): readonly string[];
  /** Takes over what is this server's to own and nobody's who lives, lets go of what is another's. */
  refresh(servers: readonly string[]): Promise<void>;
  /** Runs it under the fence of the model, which is not let go meanwhile; not at all when this server does not own it. */
  hold<T>(model: string, run: (fence: Fence) => Promise<T>): Promise<T | undefined>;
}

/** Which models this server owns, as the table `owners` says. */
export function createOwnership(
  { ledger }: Pick<Ctx, 'ledger'>,
  server: string,
  models: () => Promise<readonly string[]>,
): Ownership {
  let owned = new Map<string, number>();
  /** Models that another server should own; nothing is begun for them. */
  let leaving = new Set<string>();
  const held = new Map<string, number>();

  async function refresh(servers: readonly string[]): Promise<void> {
    const rows = new Map(
      (await ledger.selectFrom('owners').selectAll().execute()).map((row) => [row.model, row]),
    );
    const all = await models();
    const should = shares(all, servers);
    const next = new Map<string, number>();
    const vacant: string[] = [];
    const others: string[] = [];
    for (const model of all) {
      const row = rows.get(model);
      const mine = should.get(model) === server;
      if (row?.server === server) next.set(model, row.fence);
      if (row?.server === server && !mine) others.push(model);
      if (mine && row?.server !== server && !lives(row, servers)) vacant.push(model);
    }
    leaving = new Set(others);
    const free = others.filter((model) => !held.has(model));
    await release(free);
    for (const model of free) next.delete(model);
    for (const { model, fence } of await take(vacant)) next.set(model, fence);
    owned = next;
  }

  async function take(vacant: readonly string[]): Promise<{ model: string; fence: number }[]> {
    const taken: { model: string; fence: number }[] = [];
    for (let i = 0; i < vacant.length; i += CHUNK) {
      const rows = vacant.slice(i, i + CHUNK).map((model) => ({ model, server, fence: 1 }));
      taken.push(
        ...(await ledger
          .insertInto('owners')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .column('model')
              .doUpdateSet((eb) => ({ server, fence: eb('owners.fence', '+', 1) }))
              .where('owners.server', 'not in', decidingServers(ledger)),
          )
          .returning(['model', 'fence'])
          .execute()),
      );
    }
    return taken;
  }

  /** The fence stays, for the next owner to raise. */
  async function release(free: readonly string[]): Promise<void> {
    for (let i = 0; i < free.length; i += CHUNK) {
      await ledger
        .updateTable('owners')
        .set({ server: '' })
        .where('server', '=', server)
        .where('model', 'in', free.slice(i, i + CHUNK))
        .execute();
    }
  }

  return {
    models: () => [...owned.keys()].filter((model) => !leaving.has(model)),
    refresh,
    async hold(model, run) {
      const fence = owned.get(model);
      if (fence === undefined || leaving.has(model)) return undefined;
      held.set(model, (held.get(model) ?? 0) + 1);
      try {
        return await run({ of: 'model', name: model, server, fence });
      } finally {
        const others = held.get(model)! - 1;
        if (others > 0) held.set(model, others);
        else held.delete(model);
      }
    },
  };
}

function lives(row: OwnerRow | undefined, servers: readonly string[]): boolean {
  return row !== undefined && servers.includes(row.server);
}
