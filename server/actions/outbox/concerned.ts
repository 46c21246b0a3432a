import type { Transaction } from 'kysely';
import type { Announced, AnnouncedEvent } from '../../incidents/announce.ts';
import { ownersOf } from '../../models/find-model.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { onlyOf } from '../channel-row.ts';
import { type Concern, concerns } from '../concerns.ts';
import { lastTold, type Receiver } from './put.ts';

export interface Concerned {
  /** Whether there is any channel at all. */
  readonly any: boolean;
  readonly concern: Announced & Concern;
  readonly concerned: readonly Receiver[];
  /** The place of the newest message of each channel that was told of the incident. */
  readonly told: ReadonlyMap<string, number>;
}

/** The channels that an event of an incident concerns, whatever silences hold. */
export async function concernedBy(
  trx: Transaction<Ledger>,
  event: AnnouncedEvent,
  incident: Announced,
): Promise<Concerned> {
  const channels = await trx
    .selectFrom('channels')
    .select(['id', 'only_of', 'quiet', 'per_hour'])
    .where('enabled', '=', 1)
    .where('tells', '=', 'incidents')
    .orderBy('id')
    .execute();
  const concern = { ...incident, owners: await ownersOf({ ledger: trx }, incident.models) };
  const told = await lastTold(trx, incident.id);
  const concerned = channels.filter((channel) =>
    concerns(onlyOf(channel), event, concern, told.has(channel.id)),
  );
  return { any: channels.length > 0, concern, concerned, told };
}
