import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { NodePostgresDialect } from '../drivers/postgres.ts';
import { NodeSqliteDialect } from '../drivers/sqlite.ts';
import { startTestPostgres } from '../testing/postgres.ts';
import { tables } from './0001-tables.ts';
import { outbox } from './0008-outbox.ts';

/** Messages of 0.1.0 keep their ids and get the order in which they were made. */
async function upgrade(db: Kysely<never>, dialect: 'sqlite' | 'postgres'): Promise<unknown[]> {
  await tables.up(db, dialect);
  const message = (id: string, incident: string, event: string, at: number) =>
    sql`insert into outbox values (${id}, 'pager', ${incident}, ${event}, '{}', 'waiting', 3, 7, null, ${at}, null)`.execute(
      db,
    );
  await message('b', 'i', 'opened', 1);
  await message('a', 'i', 'resolved', 2);
  await message('c', 'j', 'opened', 1);
  await sql`insert into incidents values ('i', 'credit', 'open', 'P2', 't', 1, 1, 1, null, null, null, null, '[]', 1)`.execute(
    db,
  );
  await db.transaction().execute((trx) => outbox.up(trx, dialect));
  const { rows } =
    await sql`select id, incident, sequence, episode, attempts from outbox order by incident, sequence`.execute(
      db,
    );
  const grouped = await sql`select grouped_by, episode from incidents`.execute(db);
  return [...rows, ...grouped.rows];
}

const upgraded = [
  { id: 'b', incident: 'i', sequence: 1, episode: 1, attempts: 3 },
  { id: 'a', incident: 'i', sequence: 2, episode: 1, attempts: 3 },
  { id: 'c', incident: 'j', sequence: 1, episode: 1, attempts: 3 },
  { grouped_by: 'credit', episode: 1 },
];

test('messages of an older ledger on SQLite get their order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-outbox-'));
  const db = new Kysely<never>({ dialect: new NodeSqliteDialect(join(folder, 'ledger.db'), () => 0) });
  expect(await upgrade(db, 'sqlite')).toEqual(upgraded);
  await db.destroy();
  rmSync(folder, { recursive: true });
});

test('messages of an older ledger on PostgreSQL get their order', async () => {
  const postgres = await startTestPostgres();
  const db = new Kysely<never>({ dialect: new NodePostgresDialect(await postgres.createDatabase()) });
  expect(await upgrade(db, 'postgres')).toEqual(upgraded);
  await db.destroy();
  await postgres.stop();
});
