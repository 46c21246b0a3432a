import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Ledger } from './schema.ts';

/** Bytes of the whole ledger on disk: the file of SQLite, the database of PostgreSQL. */
export async function ledgerBytes(ledger: Kysely<Ledger>): Promise<number> {
  const postgres = ledger.getExecutor().adapter instanceof PostgresAdapter;
  const question = postgres
    ? sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
    : sql<{
        bytes: number;
      }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`;
  const { rows } = await question.execute(ledger);
  return Number(rows[0]?.bytes ?? 0);
}
