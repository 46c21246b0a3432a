import type { Kysely } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Ctx } from '../context.ts';
import type { ChannelRow, Ledger } from '../store/ledger/schema.ts';
import { isSealed, type Vault } from '../vault.ts';

const placeOf = (id: string) => `channel ${id}`;

/** Options of a channel as the ledger keeps them. */
export function sealOptions(vault: Vault, id: string, options: unknown): string {
  return vault.seal(JSON.stringify(options), placeOf(id));
}

/** Options of a stored channel, not checked yet. Errors: invalid_option (sealed with a key that this server does not have). */
export function openOptions(vault: Vault, { id, options }: Pick<ChannelRow, 'id' | 'options'>): unknown {
  return JSON.parse(isSealed(options) ? vault.open(options, placeOf(id)) : options);
}

/** Seals with the present key what is not sealed, or with a former key. Runs at each start; to run it again changes nothing. */
export async function sealChannels(ctx: Ctx): Promise<void> {
  const rows = await ctx.ledger.selectFrom('channels').select(['id', 'options']).execute();
  const due = rows.filter(({ options }) => !ctx.vault.sealed(options));
  if (due.length === 0) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    for (const row of due) await seal(ctx.vault, trx, row);
    await audit(ctx, trx, 'channels.seal', 'channels', { channels: due.map(({ id }) => id) });
  });
}

async function seal(vault: Vault, ledger: Kysely<Ledger>, row: Pick<ChannelRow, 'id' | 'options'>) {
  const options = sealOptions(vault, row.id, openOptions(vault, row));
  const same = ledger.updateTable('channels').where('id', '=', row.id).where('options', '=', row.options);
  await same.set({ options }).execute();
}
