import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Ledger } from './schema.ts';

/**
 * The moment by the ledger's own clock in epoch milliseconds, as a part of a statement: servers whose clocks differ
 * agree on it. SQLite has the clock of the one process that uses it.
 * Example: `.where('expires_at', '>', ledgerNow(ctx.ledger))`
 */
export function ledgerNow(ledger: Kysely<Ledger>): RawBuilder<number> {
  return ledger.getExecutor().adapter instanceof PostgresAdapter
    ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
    : sql<number>`ledger_now()`;
}
