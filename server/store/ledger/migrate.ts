import { type Kysely, sql } from 'kysely';
import { MIGRATIONS } from './migrations/index.ts';

export type LedgerDialect = 'sqlite' | 'postgres';

export interface Migration {
  readonly name: string;
  /** Runs inside one transaction with all others that are missing. */
  up(db: Kysely<never>, dialect: LedgerDialect): Promise<void>;
}

interface Journal {
  migrations: { name: string; applied_at: number };
}

/** Any number: whoever holds it is the one that migrates. */
const POSTGRES_LOCK = 7_141_978_233;

/**
 * Brings an empty or older ledger to the newest tables: all missing migrations in one transaction, which only
 * one process at a time can be in. A ledger that a newer Tiltmeter has migrated is refused.
 */
export async function migrateLedger(
  db: Kysely<never>,
  dialect: LedgerDialect,
  now: number,
): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    if (dialect === 'postgres')
      await sql`select pg_advisory_xact_lock(${sql.lit(POSTGRES_LOCK)})`.execute(trx);
    await trx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
    const journal = trx as unknown as Kysely<Journal>;
    const applied = new Set(
      (await journal.selectFrom('migrations').select('name').execute()).map((row) => row.name),
    );
    const unknown = [...applied].filter((name) => !MIGRATIONS.some((migration) => migration.name === name));
    if (unknown.length > 0)
      throw new Error(`the ledger was written by a newer Tiltmeter (${unknown.join(', ')})`);
    const missing = MIGRATIONS.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) {
      await migration.up(trx, dialect);
      await journal.insertInto('migrations').values({ name: migration.name, applied_at: now }).execute();
    }
    return missing.map((migration) => migration.name);
  });
}
