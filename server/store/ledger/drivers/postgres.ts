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

function openPool(url: string, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'tiltmeter',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text'),
    },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', onIdleError);
  return pool;
}
