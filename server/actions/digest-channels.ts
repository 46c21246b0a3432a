import type { Kysely } from 'kysely';
import type { ChannelOnly } from '../../contract/channel.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { onlyOf } from './channel-row.ts';
import { CHANNELS } from './channels/index.ts';

/** A channel as digests know it. */
export interface DigestChannel {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly only: ChannelOnly;
  /** Why it can get no digest, as a sentence; null when it can. */
  readonly refuses: string | null;
}

/** Every channel, by id, as digests know it. */
export async function digestChannels(ledger: Kysely<Ledger>): Promise<ReadonlyMap<string, DigestChannel>> {
  const rows = await ledger
    .selectFrom('channels')
    .select(['id', 'name', 'kind', 'enabled', 'tells', 'only_of'])
    .orderBy('id')
    .execute();
  return new Map(
    rows.map(({ id, name, kind, enabled, tells, only_of }) => [
      id,
      { id, name, enabled: enabled === 1, only: onlyOf({ only_of }), refuses: whyNot(name, kind, tells) },
    ]),
  );
}

function whyNot(name: string, kindId: string, tells: string): string | null {
  const kind = CHANNELS[kindId];
  if (kind === undefined || !kind.tellsReports)
    return `${name} is a channel of ${kind?.title ?? kindId}, which has no form for digests`;
  return tells === 'audit_head' ? `${name} is told where the audit log ends, and of nothing else` : null;
}
