import type { Kysely } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import { NewRota, type Rota, type RotaPreview } from '../../../contract/rota.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { requireAtMost } from '../../audit/at-most.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import type { Ledger, RotaRow } from '../../store/ledger/schema.ts';
import { type Addresses, readAddresses, whyUnreachable } from '../escalation/addresses.ts';
import { nextTurn, onCallAt, type TurnAt, turnsFrom } from './on-call-at.ts';

export const rotaOf = ({ definition }: Pick<RotaRow, 'definition'>): NewRota =>
  NewRota.parse(JSON.parse(definition));

/** All rotas by name, with who is on call now. */
export async function listRotas(ctx: Ctx): Promise<{ items: Rota[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const rows = await readRotas(ctx.ledger);
  const addresses = await readAddresses(ctx.ledger);
  return { items: rows.map((row) => shown(row, addresses, ctx.clock())), next_cursor: null };
}

export function readRotas(ledger: Kysely<Ledger>): Promise<RotaRow[]> {
  return ledger.selectFrom('rotas').selectAll().orderBy('name').limit(1_000).execute();
}

/** Rotas that there may be; fewer than are read. */
const MOST = 500;

/** Makes a rota, or with `id` changes it as a whole. Errors: not_allowed, not_found, conflict (name taken), invalid_request (a channel that does not exist, too many). */
export async function saveRota(ctx: Ctx, body: NewRota, id?: string): Promise<Rota> {
  authorise(ctx.actor, 'write');
  const row: RotaRow = {
    id: id ?? ctx.ids.id(),
    name: body.name,
    definition: JSON.stringify(body),
    updated_at: ctx.clock(),
  };
  const addresses = await readAddresses(ctx.ledger);
  for (const { name, channel } of body.people)
    if (channel !== null && !addresses.channels.has(channel))
      throw new TiltmeterError('invalid_request', `people: ${name} has a channel that does not exist`);
  await ctx.ledger.transaction().execute(async (trx) => {
    const taken = await trx
      .selectFrom('rotas')
      .select('id')
      .where('name', '=', body.name)
      .where('id', '!=', row.id)
      .executeTakeFirst();
    if (taken) throw new TiltmeterError('conflict', `There is a rota called ${body.name} already`);
    const { id: _id, ...values } = row;
    if (id === undefined) await trx.insertInto('rotas').values(row).execute();
    else {
      const found = await trx.updateTable('rotas').set(values).where('id', '=', id).executeTakeFirst();
      if (found.numUpdatedRows === 0n) throw new TiltmeterError('not_found', 'There is no such rota');
    }
    await audit(ctx, trx, id === undefined ? 'rota.create' : 'rota.change', row.id, { ...body });
    const why = `There are at most ${MOST} rotas: remove some first`;
    if (id === undefined) await requireAtMost(trx, MOST, trx.selectFrom('rotas'), why);
  });
  return shown(row, addresses, ctx.clock());
}

/** Errors: not_allowed, not_found. An escalation that names it says so from then on. */
export async function deleteRota(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const gone = await trx.deleteFrom('rotas').where('id', '=', id).returning('name').executeTakeFirst();
    if (gone === undefined) throw new TiltmeterError('not_found', 'There is no such rota');
    await audit(ctx, trx, 'rota.delete', id, { name: gone.name });
  });
}

/** Turns that a preview tells of. */
const PREVIEWED = 4;

/** Whose turns would come next by a rota that is not kept yet. Errors: not_allowed. */
export async function previewRota(ctx: Ctx, body: NewRota): Promise<RotaPreview> {
  authorise(ctx.actor, 'read');
  const addresses = await readAddresses(ctx.ledger);
  return { turns: turnsFrom(body, ctx.clock(), PREVIEWED).map((turn) => told(turn, addresses)) };
}

const told = ({ person, from, to }: TurnAt, addresses: Addresses) => ({
  name: person.name,
  channel: person.channel,
  from: rfc3339(from),
  to: rfc3339(to),
  unreachable: whyUnreachable(addresses, person),
});

function shown(row: RotaRow, addresses: Addresses, now: number): Rota {
  const rota = rotaOf(row);
  const current = onCallAt(rota, now);
  return {
    ...rota,
    id: row.id,
    now: current && told(current, addresses),
    next: told(nextTurn(rota, now), addresses),
  };
}
