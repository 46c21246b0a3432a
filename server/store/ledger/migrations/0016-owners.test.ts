import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { NodePostgresDialect } from '../drivers/postgres.ts';
import { NodeSqliteDialect } from '../drivers/sqlite.ts';
import type { LedgerDialect } from '../migrate.ts';
import { startTestPostgres } from '../testing/postgres.ts';
import { owners } from './0016-owners.ts';
import { MIGRATIONS } from './index.ts';

/** Keys of an older ledger: [id, name, made by]. */
const KEYS = [
  ['1', 'ada', 'ada@example.org'],
  ['2', 'child of ada', 'key ada'],
  ['3', 'grandchild', 'key child of ada'],
  ['4', 'of the operator', 'key TILTMETER_ADMIN_KEY'],
  ['5', 'twice', 'ada@example.org'],
  ['6', 'Twice', 'bob@example.org'],
  ['7', 'of either', 'key twice'],
  ['8', 'nobody knows', 'key that is gone'],
  ['9', 'twice', 'bob@example.org'],
] as const;

async function upgrade(db: Kysely<never>, dialect: LedgerDialect) {
  for (const migration of MIGRATIONS.slice(0, MIGRATIONS.indexOf(owners))) await migration.up(db, dialect);
  for (const name of ['ada', 'bob'])
    await sql`insert into users (id, email, name, role, created_at)
      values (${name}, ${`${name}@example.org`}, ${name}, 'editor', 1)`.execute(db);
  for (const [id, name, by] of KEYS)
    await sql`insert into keys (id, name, prefix, hash, scopes, created_by, created_at)
      values (${id}, ${name}, 'p', ${id}, '["write"]', ${by}, 1)`.execute(db);
  await owners.up(db, dialect);
  return (await sql<object>`select id, name, owner from keys order by id`.execute(db)).rows;
}

const UPGRADED = [
  { id: '1', name: 'ada', owner: 'ada' },
  { id: '2', name: 'child of ada', owner: 'ada' },
  { id: '3', name: 'grandchild', owner: 'ada' },
  { id: '4', name: 'of the operator', owner: 'automation' },
  { id: '5', name: 'twice', owner: 'ada' },
  { id: '6', name: 'Twice (2)', owner: 'bob' },
  { id: '7', name: 'of either', owner: 'automation' },
  { id: '8', name: 'nobody knows', owner: 'automation' },
  { id: '9', name: 'twice (3)', owner: 'bob' },
];

test('keys of an older ledger on SQLite get owners and names of their own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-owners-'));
  const db = new Kysely<never>({ dialect: new NodeSqliteDialect(join(folder, 'ledger.db'), () => 0) });
  expect(await upgrade(db, 'sqlite')).toEqual(UPGRADED);
  await db.destroy();
  rmSync(folder, { recursive: true });
});

test('keys of an older ledger on PostgreSQL get owners and names of their own', async () => {
  const postgres = await startTestPostgres();
  const db = new Kysely<never>({ dialect: new NodePostgresDialect(await postgres.createDatabase()) });
  expect(await upgrade(db, 'postgres')).toEqual(UPGRADED);
  await db.destroy();
  await postgres.stop();
});
