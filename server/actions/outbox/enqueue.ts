import type { Announce, Announced, AnnouncedEvent } from '../../incidents/announce.ts';
import { modelNames, ownersOf } from '../../models/find-model.ts';
import { runbooksOf } from '../../models/runbooks.ts';
import type { OutboxRow } from '../../store/ledger/schema.ts';
import { onlyOf } from '../channel-row.ts';
import { concerns } from '../concerns.ts';
import { payload } from './payload.ts';
import { waiting } from './waiting.ts';

/**
 * Puts one message for every enabled channel that it concerns into the outbox, in the transaction of the change it tells of, behind all
 * that the channel has been told of the incident before. At most one message per channel, incident, episode and event
 * (a raise: and priority), whatever restarts in between.
 */
export const enqueue: Announce = async (ctx, trx, event, incident) => {
  const channels = await trx
    .selectFrom('channels')
    .select(['id', 'only_of'])
    .where('enabled', '=', 1)
    .where('tells', '=', 'incidents')
    .execute();
  if (channels.length === 0) return;
  const told = await trx
    .selectFrom('outbox')
    .select((eb) => ['channel', eb.fn.max('sequence').as('sequence')])
    .where('incident', '=', incident.id)
    .groupBy('channel')
    .execute();
  const last = new Map(told.map(({ channel, sequence }) => [channel, sequence]));
  const owners = await ownersOf({ ledger: trx }, incident.models);
  const concerned = channels.filter((channel) =>
    concerns(onlyOf(channel), event, { ...incident, owners }, last.has(channel.id)),
  );
  if (concerned.length === 0) return;
  const runbooks = await runbooksOf({ ledger: trx }, incident.models);
  const names = await modelNames({ ledger: trx }, incident.models);
  const shown = { ...incident, model_names: incident.models.map((id) => names.get(id) ?? id) };
  const now = ctx.clock();
  const rows = concerned.map(({ id: channel }): OutboxRow => {
    const sequence = (last.get(channel) ?? 0) + 1;
    return {
      id: ctx.ids.id(),
      channel,
      incident: incident.id,
      sequence,
      episode: incident.episode,
      event,
      raised_to: onceOf(event, incident),
      payload: payload(event, shown, sequence, ctx.settings.address, runbooks),
      ...waiting(now),
    };
  });
  await trx
    .insertInto('outbox')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['channel', 'incident', 'episode', 'event', 'raised_to']).doNothing(),
    )
    .execute();
};

/** What of an event is told once in an episode: each raise by its priority, each end of a snooze by what was decided until then. */
function onceOf(event: AnnouncedEvent, { priority, revision }: Announced): string {
  if (event === 'priority_raised') return priority;
  return event === 'snooze_over' ? `${revision}` : '';
}
