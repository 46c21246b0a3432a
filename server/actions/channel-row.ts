import { type Channel, ChannelOnly, type Delivery, QuietHours } from '../../contract/channel.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { ChannelRow, OutboxRow } from '../store/ledger/schema.ts';
import type { Vault } from '../vault.ts';
import { CHANNELS } from './channels/index.ts';
import { openOptions } from './sealed-options.ts';

/** How much of a channel is not delivered. */
export interface Backlog {
  readonly waiting: number;
  readonly failed: number;
}

/** A stored channel as the API shows it: of its address host and end, and no secret. */
export function channelOf(
  vault: Vault,
  row: ChannelRow,
  { waiting, failed }: Backlog = { waiting: 0, failed: 0 },
): Channel {
  const kind = CHANNELS[row.kind];
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    address: kind ? kind.address(kind.options.parse(openOptions(vault, row))) : '',
    enabled: row.enabled === 1,
    tells: row.tells,
    only: onlyOf(row),
    quiet: quietOf(row),
    per_hour: row.per_hour,
    waiting,
    failed,
    created_at: rfc3339(row.created_at),
  };
}

/** Which incidents a stored channel is told of. */
export function onlyOf({ only_of }: Pick<ChannelRow, 'only_of'>): ChannelOnly {
  return ChannelOnly.parse(JSON.parse(only_of));
}

/** Hours in which a stored channel is left alone; null: none. */
export function quietOf({ quiet }: Pick<ChannelRow, 'quiet'>): QuietHours | null {
  return quiet === null ? null : QuietHours.parse(JSON.parse(quiet));
}

/** A message of the outbox as the delivery log shows it. */
export function deliveryOf(row: OutboxRow): Delivery {
  return {
    id: row.id,
    channel: row.channel,
    incident: row.incident,
    sequence: row.sequence,
    event: row.event,
    state: row.state,
    attempts: row.attempts,
    next_at: rfc3339(row.next_at),
    held_until: row.held_until === 0 ? null : rfc3339(row.held_until),
    last_error: row.last_error,
    created_at: rfc3339(row.created_at),
    delivered_at: row.delivered_at === null ? null : rfc3339(row.delivered_at),
  };
}
