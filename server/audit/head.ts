import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';
import { otherKey } from '../vault.ts';
import type { NotedHead } from './verify-audit.ts';

/** The end of the audit log: whoever notes it elsewhere can tell later that nothing before it was changed or cut off. */
export async function auditHead({ ledger }: Pick<Ctx, 'ledger'>): Promise<NotedHead> {
  return ledger.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
}

/** Tells whoever wants to know where the audit log ends; the same end is told once. */
export type TellHead = (ctx: Ctx, head: NotedHead) => Promise<void>;

/** Says each hour where the audit log ends, in the log of the server and to those that `tell` knows. */
export function auditHeadJob(tell: TellHead): Job {
  return {
    name: 'audit_head',
    scope: 'one',
    everyMs: 3_600_000,
    async run(ctx) {
      const head = await auditHead(ctx);
      ctx.log.info({ ...head }, 'the audit log ends here');
      await tell(ctx, head);
    },
  };
}

/**
 * Puts the ledger under the key of this server: one that is under none, or under a former key.
 * Errors: invalid_option (the ledger is under a key that this server does not have).
 */
export async function adoptKey({ ledger, vault }: Pick<Ctx, 'ledger' | 'vault'>): Promise<void> {
  await ledger.transaction().execute(async (trx) => {
    const { key_id } = await trx
      .selectFrom('audit_head')
      .select('key_id')
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (key_id === vault.id) return;
    if (key_id !== '' && !vault.known.has(key_id)) throw otherKey(key_id);
    await trx.updateTable('audit_head').set({ key_id: vault.id }).where('id', '=', 1).execute();
  });
}
