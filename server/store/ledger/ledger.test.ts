import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerContract } from './ledger.contract.ts';
import { openLedger } from './open.ts';
import { startTestPostgres, type TestPostgres } from './testing/postgres.ts';

const clock = () => 1_795_168_800_000;
const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'tiltmeter-ledger-'));
  folders.push(path);
  return path;
};
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

describe('SQLite', () => {
  ledgerContract({
    async fresh() {
      const dataDir = folder();
      return () => openLedger({ dataDir, clock });
    },
  });

  test('a commit is on the disk before it is acknowledged', async () => {
    const ledger = await openLedger({ dataDir: folder(), clock });
    expect((await sql<{ journal_mode: string }>`pragma journal_mode`.execute(ledger)).rows).toEqual([
      { journal_mode: 'wal' },
    ]);
    expect((await sql<{ synchronous: number }>`pragma synchronous`.execute(ledger)).rows).toEqual([
      { synchronous: 2 },
    ]);
    await ledger.destroy();
  });
});

describe('PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());

  ledgerContract({
    async fresh() {
      const ledgerUrl = await postgres.createDatabase();
      return () => openLedger({ dataDir: '/nowhere', ledgerUrl, clock });
    },
  });

  test('a server that is away is store_unavailable', async () => {
    const opening = openLedger({
      dataDir: '/nowhere',
      ledgerUrl: 'postgres://nobody@127.0.0.1:1/none',
      clock,
    });
    await expect(opening).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});

test('an address of another kind of database is refused', async () => {
  const opening = openLedger({ dataDir: '/nowhere', ledgerUrl: 'mysql://localhost/x', clock });
  await expect(opening).rejects.toMatchObject({ code: 'invalid_option' });
});

test('a ledger of a newer Tiltmeter is refused', async () => {
  const dataDir = folder();
  const ledger = await openLedger({ dataDir, clock });
  await sql`insert into migrations (name, applied_at) values ('9999-future', 0)`.execute(ledger);
  await ledger.destroy();
  await expect(openLedger({ dataDir, clock })).rejects.toThrow('newer Tiltmeter (9999-future)');
});
