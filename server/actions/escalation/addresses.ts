import type { Kysely } from 'kysely';
import type { ChannelOnly } from '../../../contract/channel.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { onlyOf } from '../channel-row.ts';
import type { Receiver } from '../outbox/put.ts';

export interface Address extends Receiver {
  readonly name: string;
  readonly enabled: boolean;
  readonly only: ChannelOnly;
}

/** Where people can be told. */
export interface Addresses {
  readonly channels: ReadonlyMap<string, Address>;
}

/** All channels that are told of incidents, those that are switched off among them. */
export async function readAddresses(ledger: Kysely<Ledger>): Promise<Addresses> {
  const rows = await ledger
    .selectFrom('channels')
    .select(['id', 'name', 'enabled', 'only_of', 'quiet', 'per_hour'])
    .where('tells', '=', 'incidents')
    .execute();
  const address = ({ enabled, only_of, ...row }: (typeof rows)[number]): Address => ({
    ...row,
    enabled: enabled === 1,
    only: onlyOf({ only_of }),
  });
  return { channels: new Map(rows.map((row) => [row.id, address(row)])) };
}

/** Why somebody cannot be told, as a sentence; null when they can. */
export function whyUnreachable(
  { channels }: Addresses,
  { name, channel }: { readonly name: string; readonly channel: string | null },
): string | null {
  if (channel === null) return `${name} has no channel, so nobody can tell ${name} of anything`;
  const address = channels.get(channel);
  if (address === undefined) return `the channel of ${name} was removed`;
  return address.enabled ? null : `the channel of ${name}, ${address.name}, is switched off`;
}
