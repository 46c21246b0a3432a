import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Log } from '../../log.ts';
import type { Ledger } from './schema.ts';

/** Any number: whoever holds it does what only one server may do at a time. */
const POSTGRES_LOCK = 7_141_978_234;
const AGAIN_MS = 200;

/**
 * Does something while no other server of this ledger does: waits until it is done. A server that dies lets go. SQLite has
 * one server. Example: `await oneAtATime(ledger, log, () => openLake(options))`
 */
export async function oneAtATime<T>(ledger: Kysely<Ledger>, log: Log, work: () => Promise<T>): Promise<T> {
  if (!(ledger.getExecutor().adapter instanceof PostgresAdapter)) return work();
  // The lock is the connection's: it is kept for as long.
  return ledger.connection().execute(async (connection) => {
    for (let tries = 0; !(await take(connection)); tries++) {
      if (tries === 0)
        log.info({}, 'another server is starting: waiting until it has brought the lake up to date');
      await sleep(AGAIN_MS);
    }
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(POSTGRES_LOCK)})`.execute(connection).catch(() => {});
    }
  });
}

async function take(connection: Kysely<Ledger>): Promise<boolean> {
  const { rows } = await sql<{
    taken: boolean;
  }>`select pg_try_advisory_lock(${sql.lit(POSTGRES_LOCK)}) as taken`.execute(connection);
  return rows[0]!.taken;
}
