import type { Ctx } from '../context.ts';
import { ledgerNow } from '../store/ledger/now.ts';
import { noteOutage } from './outages.ts';

/** A server that was not heard of for so long has died: others take over what it owned. */
export const EXPIRES_MS = 15_000;
/** The row of a dead server tells how far its stamps went; nobody needs it longer than this. */
const FORGET_MS = 3_600_000;

/** The stamps of what this server stores. */
export interface Marks {
  /** Every row that this server stamped below it is visible, or will never come. It only rises. */
  mark(): number;
  /** Stamps from now on are not below this one: other servers have got so far. */
  raise(floor: number): void;
}

type Stores = Pick<Ctx, 'ledger' | 'settings' | 'clock'>;

/**
 * Says that this server lives, and publishes its mark; false when the others have thought it dead. A server whose clock
 * is behind takes the others' for its own: else the smallest mark, and with it all that reads arrivals, would lag by as
 * much as the clocks differ.
 */
export async function prolong(ctx: Stores, id: string, marks: Marks): Promise<boolean> {
  const now = ledgerNow(ctx.ledger);
  marks.raise(await highestMark(ctx));
  const mark = marks.mark();
  const done = await ctx.ledger
    .updateTable('servers')
    .set((eb) => ({
      expires_at: eb(now, '+', EXPIRES_MS),
      visible_to: mark,
      address: ctx.settings.address,
    }))
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/**
 * First a row that says "nothing of mine is visible", which holds up every cursor; then the highest mark that anyone
 * ever published is read, which no cursor has passed; stamps begin there. `alone`: every other row is of a dead server.
 */
export async function enter(
  ctx: Stores,
  id: string,
  marks: Marks,
  { deciding, alone }: { readonly deciding: boolean; readonly alone: boolean },
): Promise<void> {
  const { ledger, settings } = ctx;
  const now = ledgerNow(ledger);
  // Marks follow the clock: the highest is when any server was last awake.
  await noteOutage(ctx, { from: await highestMark(ctx), to: ctx.clock() });
  await ledger
    .insertInto('servers')
    .values((eb) => ({
      id,
      address: settings.address,
      started_at: settings.startedAt,
      expires_at: eb(now, '+', EXPIRES_MS),
      deciding: deciding ? 1 : 0,
      visible_to: 0,
    }))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ expires_at: eb.ref('excluded.expires_at') })),
    )
    .execute();
  await prolong(ctx, id, marks);
  // Their marks live on in this server's, which is not below them.
  let dead = ledger.deleteFrom('servers').where('id', '!=', id);
  if (!alone) dead = dead.where((eb) => eb('expires_at', '<', eb(now, '-', FORGET_MS)));
  await dead.execute();
}

async function highestMark({ ledger }: Stores): Promise<number> {
  const row = await ledger
    .selectFrom('servers')
    .select((eb) => eb.fn.max('visible_to').as('mark'))
    .executeTakeFirstOrThrow();
  return row.mark ?? 0;
}
