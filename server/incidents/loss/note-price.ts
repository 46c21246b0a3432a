import type { Transaction } from 'kysely';
import type { ModelLoss } from '../../../contract/loss.ts';
import type { Ctx } from '../../context.ts';
import type { IncidentRow, Ledger } from '../../store/ledger/schema.ts';
import type { Announce } from '../announce.ts';
import { incidentOf } from '../incident-row.ts';
import { addEvents } from '../life/events.ts';
import { AWAKE } from '../life/untouched.ts';

interface Found {
  readonly id: string;
  readonly models: readonly string[];
  /** Null: it could not be read, and what was known stays. */
  readonly losses: readonly ModelLoss[] | null;
  /** What they rest on. */
  readonly pricedAs: string;
}

/**
 * Keeps what an incident costs, in the caller's transaction. One that goes on and costs as much a day as people said is urgent becomes P1, a snooze of it
 * ends, and people are told; it stays P1 when it costs less later.
 */
export async function notePrice(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  { id, models, losses, pricedAs }: Found,
  announce: Announce,
): Promise<void> {
  const former = await trx
    .selectFrom('incidents')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (former === undefined) return;
  const raised = losses !== null && isRaised(former, losses);
  const now = ctx.clock();
  const woken = raised && former.snoozed_until !== null;
  const row: IncidentRow = {
    ...former,
    ...(losses === null ? {} : { losses: JSON.stringify(losses), priced_as: pricedAs }),
    priced_at: now,
    ...(raised ? { priority: 'P1' as const, ...AWAKE, updated_at: now } : {}),
    ...(woken ? { waiting_since: now } : {}),
  };
  const { id: _, ...values } = row;
  await trx.updateTable('incidents').set(values).where('id', '=', id).execute();
  if (!raised) return;
  const why = `${former.priority} → P1: it costs as much a day as was said to be urgent`;
  await addEvents(ctx, trx, id, [
    { kind: 'priority_raised', text: why },
    ...(woken ? [{ kind: 'snooze_over' as const, text: 'it became more urgent' }] : []),
  ]);
  await announce(ctx, trx, 'priority_raised', incidentOf(row, models));
}

function isRaised({ status, priority }: IncidentRow, losses: readonly ModelLoss[]): boolean {
  return status !== 'resolved' && priority !== 'P1' && losses.some(({ loss }) => loss?.urgent === true);
}
