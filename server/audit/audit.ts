import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { chainHash } from './chain.ts';

/**
 * Records a change in the transaction that makes it, so that both are stored or neither. Call it last: it holds the
 * end of the chain locked until the transaction ends. `detail` must hold no secrets; the address and the id of the request, where
 * there is one, are put beside it.
 * Example: `await audit(ctx, trx, 'key.create', key.id, { name: key.name })`
 */
export async function audit(
  ctx: Pick<Ctx, 'actor' | 'clock' | 'vault' | 'request'>,
  trx: Transaction<Ledger>,
  action: string,
  target: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const head = await trx
    .updateTable('audit_head')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('id', '=', 1)
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
  const from = ctx.request === undefined ? {} : { ip: ctx.request.ip, request: ctx.request.id };
  const entry = {
    seq: head.seq,
    at: ctx.clock(),
    actor: `${ctx.actor.kind}:${ctx.actor.name}`,
    actor_id: ctx.actor.id,
    action,
    target,
    detail: JSON.stringify({ ...detail, ...from }),
    previous_hash: head.hash,
    key_id: ctx.vault.id,
  };
  const hash = chainHash(entry, ctx.vault);
  await trx
    .insertInto('audit')
    .values({ ...entry, hash })
    .execute();
  await trx.updateTable('audit_head').set({ hash }).where('id', '=', 1).execute();
}
