import type { TellHead } from '../../audit/head.ts';
import type { OutboxRow } from '../../store/ledger/schema.ts';
import { auditHeadPayload } from './payload.ts';
import { waiting } from './waiting.ts';

/** What messages about the audit log belong to, as others belong to an incident: they are sent in order. */
const AUDIT_LOG = 'audit-log';

/**
 * Puts where the audit log ends into the outbox, for every enabled channel that is told of it. The same end is told once, whatever
 * restarts in between.
 */
export const enqueueAuditHead: TellHead = async (ctx, head) => {
  if (head.seq === 0) return;
  const now = ctx.clock();
  await ctx.ledger.transaction().execute(async (trx) => {
    const channels = await trx
      .selectFrom('channels')
      .select('id')
      .where('enabled', '=', 1)
      .where('tells', '=', 'audit_head')
      .execute();
    const rows = channels.map(
      ({ id: channel }): OutboxRow => ({
        id: ctx.ids.id(),
        channel,
        incident: AUDIT_LOG,
        // entries only become more, and so do these
        sequence: head.seq,
        episode: 1,
        event: 'audit_head',
        raised_to: head.hash,
        payload: auditHeadPayload(head, now),
        ...waiting(now),
      }),
    );
    if (rows.length === 0) return;
    await trx
      .insertInto('outbox')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['channel', 'incident', 'episode', 'event', 'raised_to']).doNothing(),
      )
      .execute();
  });
};
