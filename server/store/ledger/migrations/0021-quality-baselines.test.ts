import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { NodePostgresDialect } from '../drivers/postgres.ts';
import { NodeSqliteDialect } from '../drivers/sqlite.ts';
import type { LedgerDialect } from '../migrate.ts';
import { startTestPostgres } from '../testing/postgres.ts';
import { qualityBaselines } from './0021-quality-baselines.ts';
import { MIGRATIONS } from './index.ts';

async function upgrade(db: Kysely<never>, dialect: LedgerDialect) {
  for (const migration of MIGRATIONS.slice(0, MIGRATIONS.indexOf(qualityBaselines)))
    await migration.up(db, dialect);
  for (const [name, madeOf] of [
    ['by a reference', 'accuracy of _confusion in ref1'],
    ['by itself', 'mae of _error in it from 1700, not ref1'],
    ['_latency_ms', 'first window from 1700'],
  ] as const)
    await sql`insert into baselines (model, name, made_of, period_from, period_to, revision, sums)
      values ('m', ${name}, ${madeOf}, 0, 0, 1, '[1]')`.execute(db);
  await qualityBaselines.up(db, dialect);
  const found = sql`select name, made_of, compared_with, judged_from from baselines order by name`;
  return (await found.execute(db)).rows;
}

const UPGRADED = [
  { name: '_latency_ms', made_of: 'first window from 1700', compared_with: 'own', judged_from: null },
  { name: 'by a reference', made_of: 'accuracy of _confusion', compared_with: 'ref1', judged_from: null },
  { name: 'by itself', made_of: 'mae of _error in it from 1700', compared_with: 'own', judged_from: null },
];

test('what quality was compared with is known after an upgrade, on SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-baselines-'));
  const db = new Kysely<never>({ dialect: new NodeSqliteDialect(join(folder, 'ledger.db'), () => 0) });
  expect(await upgrade(db, 'sqlite')).toEqual(UPGRADED);
  await db.destroy();
  rmSync(folder, { recursive: true });
});

test('and on PostgreSQL', async () => {
  const postgres = await startTestPostgres();
  const db = new Kysely<never>({ dialect: new NodePostgresDialect(await postgres.createDatabase()) });
  expect(await upgrade(db, 'postgres')).toEqual(UPGRADED);
  await db.destroy();
  await postgres.stop();
});
