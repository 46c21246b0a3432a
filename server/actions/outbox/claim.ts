import type { ExpressionBuilder } from 'kysely';
import type { Ctx } from '../../context.ts';
import { ledgerNow } from '../../store/ledger/now.ts';
import type { Ledger, OutboxRow } from '../../store/ledger/schema.ts';
import { LONGEST_PAUSE_MS } from './backoff.ts';
import { LONGEST_HOLD_MS } from './hold.ts';

/** Whoever takes a message up has it for so long: well over the time-out of a delivery. */
export const CLAIM_MS = 30_000;

type Outbox = ExpressionBuilder<Ledger, 'outbox'>;

/**
 * Nobody has it, and its time has come. A moment further ahead than any pause is of a clock that was set back since.
 */
function free(eb: Outbox, ledger: Ctx['ledger'], now: number) {
  const known = ledgerNow(ledger);
  return eb.and([
    eb('outbox.state', '=', 'waiting'),
    eb.or([eb('outbox.next_at', '<=', now), eb('outbox.next_at', '>', now + LONGEST_PAUSE_MS)]),
    eb.or([eb('outbox.held_until', '<=', now), eb('outbox.held_until', '>', now + LONGEST_HOLD_MS)]),
    eb.or([
      eb('outbox.claimed_until', '<=', known),
      eb('outbox.claimed_until', '>', eb(known, '+', CLAIM_MS)),
    ]),
  ]);
}

/** None before it of the same channel and incident waits: what was decided first is told first, whatever fails. */
function foremost(eb: Outbox) {
  return eb.not(
    eb.exists(
      eb
        .selectFrom('outbox as before')
        .select('before.id')
        .whereRef('before.channel', '=', 'outbox.channel')
        .whereRef('before.incident', '=', 'outbox.incident')
        .whereRef('before.sequence', '<', 'outbox.sequence')
        .where('before.state', '=', 'waiting'),
    ),
  );
}

/** Frees what a process that died has taken up: right only where no other server can have it. */
export async function releaseAll({ ledger }: Pick<Ctx, 'ledger'>): Promise<void> {
  await ledger.updateTable('outbox').set({ claimed_until: 0 }).where('claimed_until', '>', 0).execute();
}

/** Channels for which a message waits whose time has come. */
export async function channelsWithWork(ctx: Pick<Ctx, 'ledger' | 'clock'>): Promise<string[]> {
  const rows = await ctx.ledger
    .selectFrom('outbox')
    .select('channel')
    .distinct()
    .where((eb) => free(eb, ctx.ledger, ctx.clock()))
    .execute();
  return rows.map(({ channel }) => channel);
}

/**
 * Takes up at most `limit` messages of a channel, each the first that waits of its incident, for half a minute: no
 * other server gets one of them meanwhile. `under`: ids that this server is sending already.
 */
export async function claimDue(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  channel: string,
  limit: number,
  under: readonly string[],
): Promise<OutboxRow[]> {
  const { ledger } = ctx;
  const now = ctx.clock();
  const due = ledger
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.channel', '=', channel)
    .where((eb) => eb.and([free(eb, ledger, now), foremost(eb)]))
    .orderBy('outbox.next_at')
    .orderBy('outbox.id')
    .limit(limit);
  return (
    ledger
      .updateTable('outbox')
      .set((eb) => ({ claim: eb('claim', '+', 1), claimed_until: eb(ledgerNow(ledger), '+', CLAIM_MS) }))
      .where('id', 'in', under.length === 0 ? due : due.where('outbox.id', 'not in', [...under]))
      // once more, of the row itself: another server may have been faster
      .where((eb) => free(eb, ledger, now))
      .returningAll()
      .execute()
  );
}
