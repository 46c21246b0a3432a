import type { Delivery } from '../../contract/channel.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { OutboxRow } from '../store/ledger/schema.ts';
import { deliveryOf } from './channel-row.ts';
import { deliverOne } from './deliver.ts';
import { payload } from './payload.ts';

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
    status: 'open' as const,
    priority: 'P3' as const,
    title: 'This is a test; nothing is wrong',
    started_at: at,
    last_at: at,
    opened_at: at,
    resolved_at: null,
    causes: [],
  };
  const row: OutboxRow = {
    id,
    channel,
    incident: example.id,
    event: 'test',
    payload: payload('test', example, ctx.settings.address),
    state: 'waiting',
    attempts: 0,
    // Not due yet, so that only this call takes it; if the server dies here, the job sends it later.
    next_at: now + 60_000,
    last_error: null,
    created_at: now,
    delivered_at: null,
  };
  await ctx.ledger.insertInto('outbox').values(row).execute();
  await deliverOne(ctx, row);
  const after = await ctx.ledger
    .selectFrom('outbox')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return deliveryOf(after);
}
