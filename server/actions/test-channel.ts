import type { Delivery } from '../../contract/channel.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { rfc3339 } from '../../contract/time.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { ledgerNow } from '../store/ledger/now.ts';
import { deliveryOf } from './channel-row.ts';
import { CHANNELS } from './channels/index.ts';
import { CLAIM_MS } from './outbox/claim.ts';
import { deliver } from './outbox/deliver.ts';
import { payload } from './outbox/payload.ts';

/** Sends a test message now and returns what became of it; a failure is retried like any other. */
export async function testChannel(ctx: Ctx, channel: string): Promise<Delivery> {
  authorise(ctx.actor, 'write');
  const known = await ctx.ledger
    .selectFrom('channels')
    .select('id')
    .where('id', '=', channel)
    .executeTakeFirst();
  if (!known) throw new TiltmeterError('not_found', 'There is no such channel');
  const now = ctx.clock();
  const id = ctx.ids.id();
  const at = rfc3339(now);
  const example = {
    id: `test-${id}`,
    model: 'test',
    models: ['test'],
    model_names: ['test'],
    status: 'open' as const,
    priority: 'P3' as const,
    title: 'This is a test; nothing is wrong',
    episode: 1,
    started_at: at,
    last_at: at,
    opened_at: at,
    resolved_at: null,
    resolved_by: null,
    going_to: null,
    acknowledged_at: null,
    acknowledged_by: null,
    assignee: null,
    snoozed: null,
    verdict: null,
    found: null,
    merged_into: null,
    revision: 0,
    withdrawn: false,
    ended: null,
    causes: [],
    losses: [],
  };
  const row = await ctx.ledger
    .insertInto('outbox')
    .values((eb) => ({
      id,
      channel,
      incident: example.id,
      sequence: 1,
      episode: 1,
      event: 'test',
      raised_to: '',
      payload: payload('test', example, 1, ctx.settings.address),
      state: 'waiting',
      attempts: 0,
      next_at: now,
      held_until: 0,
      // Taken up already, so that only this call sends it; if the server dies here, it is sent later.
      claim: 1,
      claimed_until: eb(ledgerNow(ctx.ledger), '+', CLAIM_MS),
      last_error: null,
      created_at: now,
      delivered_at: null,
    }))
    .returningAll()
    .executeTakeFirstOrThrow();
  await deliver(ctx, CHANNELS, row);
  const after = await ctx.ledger
    .selectFrom('outbox')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await ctx.ledger
    .transaction()
    .execute((trx) => audit(ctx, trx, 'channel.test', channel, { state: after.state }));
  return deliveryOf(after);
}
