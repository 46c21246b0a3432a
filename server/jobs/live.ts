import { type Kysely, type RawBuilder, sql } from 'kysely';
import { ledgerNow } from '../store/ledger/now.ts';
import type { Ledger } from '../store/ledger/schema.ts';

/** Condition on the row of a server: it was heard of in time, and is not about to stop. */
export function deciding(ledger: Kysely<Ledger>): RawBuilder<boolean> {
  return sql<boolean>`servers.deciding = 1 and servers.expires_at > ${ledgerNow(ledger)}`;
}

/** Ids of the servers that may own something. */
export function decidingServers(ledger: Kysely<Ledger>) {
  return ledger.selectFrom('servers').select('servers.id').where(deciding(ledger));
}
