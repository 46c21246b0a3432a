import type { Ctx } from '../context.ts';
import type { OwnerRow } from '../store/ledger/schema.ts';
import type { Fence } from './fence.ts';
import { decidingServers } from './live.ts';
import type { Servers } from './servers.ts';
import { shares } from './shares.ts';

/** Names in one statement. */
const CHUNK = 500;

export interface Ownership {
  /** Models that this server owns and goes on owning. */
  models(): readonly string[];
  /** Takes over what is this server's to own and nobody's who lives, lets go of what is another's. */
  refresh(): Promise<void>;
  /** Runs it under the fence of the model, which is not let go meanwhile; not at all when this server does not own it. */
  hold<T>(model: string, run: (fence: Fence) => Promise<T>): Promise<T | undefined>;
}

/** Which models this server owns, as the table `owners` says. */
export function createOwnership(
  { ledger }: Pick<Ctx, 'ledger'>,
  servers: Pick<Servers, 'id' | 'deciding'>,
  models: () => Promise<readonly string[]>,
): Ownership {
  const server = servers.id;
  let owned = new Map<string, number>();
  /** Models that another server should own; nothing is begun for them. */
  let leaving = new Set<string>();
  const held = new Map<string, number>();
  let looking: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  async function look(): Promise<void> {
    const live = servers.deciding();
    const rows = new Map(
      (await ledger.selectFrom('owners').selectAll().execute()).map((row) => [row.model, row]),
    );
    const all = await models();
    const should = shares(all, live);
    const next = new Map<string, number>();
    const fresh: string[] = [];
    const vacant: string[] = [];
    const others: string[] = [];
    for (const model of all) {
      const row = rows.get(model);
      const mine = should.get(model) === server;
      if (row?.server === server) {
        next.set(model, row.fence);
        if (!mine) others.push(model);
      } else if (mine && row === undefined) fresh.push(model);
      else if (mine && !live.includes(row!.server)) vacant.push(model);
    }
    leaving = new Set(others);
    const free = others.filter((model) => !held.has(model));
    for (const some of chunks(free)) await release(some);
    for (const model of free) next.delete(model);
    for (const some of chunks(fresh)) for (const model of await takeFresh(some)) next.set(model, 1);
    for (const some of chunks(vacant))
      for (const row of await takeVacant(some)) next.set(row.model, row.fence);
    owned = next;
  }

  async function takeFresh(names: readonly string[]): Promise<string[]> {
    const taken = await ledger
      .insertInto('owners')
      .values(names.map((model) => ({ model, server, fence: 1 })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('model')
      .execute();
    return taken.map(({ model }) => model);
  }

  /** One whose last owner stands still in the middle of a decision holds up none of the others. */
  function takeVacant(names: readonly string[]): Promise<Pick<OwnerRow, 'model' | 'fence'>[]> {
    return ledger.transaction().execute(async (trx) => {
      const rows = await trx
        .selectFrom('owners')
        .select('model')
        .where('model', 'in', names)
        .where('server', 'not in', decidingServers(trx))
        .forUpdate()
        .skipLocked()
        .execute();
      if (rows.length === 0) return [];
      return trx
        .updateTable('owners')
        .set((eb) => ({ server, fence: eb('fence', '+', 1) }))
        .where(
          'model',
          'in',
          rows.map(({ model }) => model),
        )
        .returning(['model', 'fence'])
        .execute();
    });
  }

  /** The fence stays, for the next owner to raise. */
  async function release(names: readonly string[]): Promise<void> {
    await ledger
      .updateTable('owners')
      .set({ server: '' })
      .where('server', '=', server)
      .where('model', 'in', names)
      .execute();
  }

  /** One at a time; who asks during one gets the next. */
  function refresh(): Promise<void> {
    if (waiting === undefined) {
      waiting = looking.then(() => {
        waiting = undefined;
        return look();
      });
      looking = waiting.catch(() => {});
    }
    return waiting;
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

function* chunks(names: readonly string[]): Generator<readonly string[]> {
  for (let i = 0; i < names.length; i += CHUNK) yield names.slice(i, i + CHUNK);
}
