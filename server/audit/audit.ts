import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { chainHash } from './chain.ts';

/**
 * Records a change in the transaction that makes it, so that both are stored or neither. Call it last: it holds the
 * end of the chain locked until the transaction ends. `detail` must hold no secrets.
 * Example: `await audit(ctx, trx, 'key.create', key.id, { name: key.name })`
 */
export async function audit(
  ctx: Pick<Ctx, 'actor' | 'clock'>,
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
  const entry = {
    seq: head.seq,
    at: ctx.clock(),
    actor: `${ctx.actor.kind}:${ctx.actor.name}`,
    actor_id: ctx.actor.id,
    action,
    target,
    detail: JSON.stringify(detail),
    previous_hash: head.hash,
  };
  const hash = chainHash(entry);
  await trx
    .insertInto('audit')
    .values({ ...entry, hash })
    .execute();
  await trx.updateTable('audit_head').set({ hash }).where('id', '=', 1).execute();
}
