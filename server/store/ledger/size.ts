import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { askedTogether } from '../asked-together.ts';
import type { Ledger } from './schema.ts';

/** SQLite tells the size of a table by looking at each of its pages, and nothing else is done meanwhile: not of more than this. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Bytes of a table and its indexes. */
export interface LedgerTable {
  readonly name: string;
  readonly bytes: number;
}

const isPostgres = (ledger: Kysely<Ledger>) => ledger.getExecutor().adapter instanceof PostgresAdapter;

/** Bytes of the whole ledger on disk: the file of SQLite, the database of PostgreSQL. */
export async function ledgerBytes(ledger: Kysely<Ledger>): Promise<number> {
  const question = isPostgres(ledger)
    ? sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
    : sql<{
        bytes: number;
      }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`;
  const { rows } = await question.execute(ledger);
  return Number(rows[0]?.bytes ?? 0);
}

/** Bytes of each table with its indexes, where it is asked often of a moment ago, the largest first; null when it is too much to look at (SQLite: more than 256 MB). */
export function ledgerTables(ledger: Kysely<Ledger>): Promise<readonly LedgerTable[] | null> {
  return askedTogether(ledger, 'tables', () => readTables(ledger));
}

async function readTables(ledger: Kysely<Ledger>): Promise<readonly LedgerTable[] | null> {
  const postgres = isPostgres(ledger);
  if (!postgres && (await ledgerBytes(ledger)) > MOST_BYTES) return null;
  const question = postgres
    ? sql<LedgerTable>`select relname as name, pg_total_relation_size(relid) as bytes
        from pg_stat_user_tables where schemaname = current_schema()`
    : sql<LedgerTable>`select owner.tbl_name as name, sum(pages.pgsize) as bytes
        from dbstat('main', 1) as pages join sqlite_schema as owner on owner.name = pages.name
        group by owner.tbl_name`;
  const { rows } = await question.execute(ledger);
  return rows
    .map(({ name, bytes }) => ({ name, bytes: Number(bytes) }))
    .sort((a, b) => b.bytes - a.bytes || a.name.localeCompare(b.name));
}
