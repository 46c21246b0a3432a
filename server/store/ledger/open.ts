import { join } from 'node:path';
import { HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import { NodePostgresDialect } from './drivers/postgres.ts';
import { NodeSqliteDialect } from './drivers/sqlite.ts';
import { NOT_FLUSHED } from './drivers/write-ahead-log.ts';
import { migrateLedger } from './migrate.ts';
import type { Ledger } from './schema.ts';

export interface OpenLedgerOptions {
  /** Folder of `ledger.db` when there is no ledgerUrl. */
  readonly dataDir: string;
  /** `postgres://user:password@host:5432/database` */
  readonly ledgerUrl?: string;
  /** Epoch milliseconds: for the journal of migrations, and SQLite's `ledgerNow`. */
  readonly clock: () => number;
  /** Told of an idle PostgreSQL connection that broke; the pool replaces it. */
  readonly onIdleError?: (error: Error) => void;
  /** Whether a change is acknowledged when it is on the disk (SQLite). Default true; tests lose no power. */
  readonly lasting?: boolean;
}

/**
 * The ledger with the newest tables: `ledger.db` in the data folder, or PostgreSQL. Safe at any number of
 * concurrent starts. Errors: invalid_option, store_unavailable, disk_full.
 * Example: `await openLedger({ dataDir: './tiltmeter-data', clock: Date.now })`
 */
export async function openLedger(options: OpenLedgerOptions): Promise<Kysely<Ledger>> {
  const { dataDir, ledgerUrl, clock, onIdleError, lasting = true } = options;
  if (ledgerUrl !== undefined && !/^postgres(ql)?:\/\//.test(ledgerUrl)) {
    throw new TiltmeterError('invalid_option', 'TILTMETER_LEDGER_URL must begin with postgres://');
  }
  const dialect = ledgerUrl
    ? new NodePostgresDialect(ledgerUrl, onIdleError)
    : new NodeSqliteDialect(join(dataDir, 'ledger.db'), clock, lasting ? undefined : NOT_FLUSHED);
  const ledger = new Kysely<Ledger>({ dialect, plugins: [EMPTY_LISTS] });
  try {
    await migrateLedger(ledger as unknown as Kysely<never>, ledgerUrl ? 'postgres' : 'sqlite', clock());
  } catch (error) {
    await ledger.destroy();
    throw unopened(error, options);
  }
  return ledger;
}

/** Nothing is `in ()`: SQLite knows, PostgreSQL calls it a mistake in the statement. */
const EMPTY_LISTS = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression });

/** SQLITE_CORRUPT, SQLITE_NOTADB. */
const DAMAGED = new Set([11, 26]);

/** The same failure, naming the store that could not be opened. */
function unopened(cause: unknown, { dataDir, ledgerUrl }: OpenLedgerOptions): unknown {
  if (ledgerUrl !== undefined) {
    if (!(cause instanceof TiltmeterError) || cause.code !== 'store_unavailable') return cause;
    const { host } = new URL(ledgerUrl);
    return new TiltmeterError('store_unavailable', `The ledger at ${host} does not answer`, { cause });
  }
  const { errcode, message } = cause as { errcode?: number; message: string };
  if (!DAMAGED.has((errcode ?? 0) & 0xff)) return cause;
  const file = join(dataDir, 'ledger.db');
  return new TiltmeterError(
    'store_unavailable',
    `${file} is damaged (${message}): restore it from a backup`,
    { cause },
  );
}
