import { type Driver, PostgresDialect } from 'kysely';
import pg from 'pg';
import { translated } from './around.ts';

const INT8 = 20;
const NUMERIC = 1700;

/** Kysely on PostgreSQL through a pool; 64-bit integers and sums come as numbers, as SQLite gives them. */
export class NodePostgresDialect extends PostgresDialect {
  constructor(url: string, onIdleError: (error: Error) => void = () => {}) {
    super({ pool: async () => openPool(url, onIdleError) });
  }

  override createDriver(): Driver {
    return translated(super.createDriver());
  }
}

/**
 * A server that stands still in the middle of a transaction (paused, asleep) holds its locks no longer than this: what it
 * decides about is then for others to take over. One that dies lets go at once.
 */
const STANDSTILL_MS = 15_000;

function openPool(url: string, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'tiltmeter',
    idle_in_transaction_session_timeout: STANDSTILL_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text'),
    },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', onIdleError);
  // One that breaks between two statements of a transaction fails the next of them; nobody else need be told.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
