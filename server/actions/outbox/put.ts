import type { Transaction } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Announced, AnnouncedEvent } from '../../incidents/announce.ts';
import { modelNames } from '../../models/find-model.ts';
import { runbooksOf } from '../../models/runbooks.ts';
import type { ChannelRow, Ledger, OutboxRow } from '../../store/ledger/schema.ts';
import { quietOf } from '../channel-row.ts';
import { heldUntil, LONGEST_HOLD_MS } from './hold.ts';
import { payload } from './payload.ts';
import { waiting } from './waiting.ts';

export type Receiver = Pick<ChannelRow, 'id' | 'quiet' | 'per_hour'>;

/** The place of the newest message of each channel that was told of an incident. */
export async function lastTold(
  trx: Transaction<Ledger>,
  incident: string,
): Promise<ReadonlyMap<string, number>> {
  const told = await trx
    .selectFrom('outbox')
    .select((eb) => ['channel', eb.fn.max('sequence').as('sequence')])
    .where('incident', '=', incident)
    .groupBy('channel')
    .execute();
  return new Map(told.map(({ channel, sequence }) => [channel, Number(sequence)]));
}

/** Something that is told of an incident. */
export interface Event {
  readonly event: Exclude<AnnouncedEvent, 'spread'>;
  readonly incident: Announced;
  readonly once: string;
  /** What it is about besides the incident: the action that waits for approval. */
  readonly note?: string;
}

/**
 * Puts a message for each of these channels into the outbox, behind all that it has been told of the incident before; those that are to be left
 * alone for now get it later. `once`: what tells the event from others of its kind in the episode; the same is told once.
 */
export async function put(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  { event, incident, once, note }: Event,
  receivers: readonly Receiver[],
): Promise<void> {
  if (receivers.length === 0) return;
  const last = await lastTold(trx, incident.id);
  const runbooks = await runbooksOf({ ledger: trx }, incident.models);
  const names = await modelNames({ ledger: trx }, incident.models);
  const shown = { ...incident, model_names: incident.models.map((id) => names.get(id) ?? id) };
  const now = ctx.clock();
  for (const receiver of receivers) {
    const sequence = (last.get(receiver.id) ?? 0) + 1;
    const row: OutboxRow = {
      id: ctx.ids.id(),
      channel: receiver.id,
      incident: incident.id,
      sequence,
      episode: incident.episode,
      event,
      raised_to: once,
      payload: payload(event, shown, sequence, ctx.settings.address, runbooks, note),
      ...waiting(now),
      held_until: await held(trx, receiver, incident, now),
    };
    await trx
      .insertInto('outbox')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['channel', 'incident', 'episode', 'event', 'raised_to']).doNothing(),
      )
      .execute();
    // What may be told now may not wait behind what was left for later.
    if (row.held_until === 0 && sequence > 1)
      await trx
        .updateTable('outbox')
        .set({ held_until: 0 })
        .where('channel', '=', receiver.id)
        .where('incident', '=', incident.id)
        .where('held_until', '>', 0)
        .where('state', '=', 'waiting')
        .execute();
  }
}

async function held(
  trx: Transaction<Ledger>,
  channel: Receiver,
  { priority }: Announced,
  now: number,
): Promise<number> {
  const quiet = quietOf(channel);
  const perHour = channel.per_hour;
  if (quiet === null && perHour === null) return 0;
  const newest =
    perHour === null
      ? []
      : await trx
          .selectFrom('outbox')
          .select(['created_at', 'held_until'])
          .where('channel', '=', channel.id)
          .where('event', '!=', 'test')
          .where('created_at', '>', now - LONGEST_HOLD_MS)
          .orderBy('created_at', 'desc')
          .orderBy('held_until', 'desc')
          .limit(perHour)
          .execute();
  const due = newest.map(({ created_at, held_until }) => Math.max(created_at, held_until));
  return heldUntil({ priority, quiet, perHour, due }, now);
}
