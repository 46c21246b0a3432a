import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

  test('a disk that is full is told as such, from within a transaction too, and harms nothing', async () => {
    const ledger = await openLedger({ dataDir: folder(), clock });
    const put = (key: string, size: number) =>
      ledger.transaction().execute((trx) =>
        trx
          .insertInto('settings')
          .values({ key, value: 'x'.repeat(size) })
          .execute(),
      );
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(ledger);
    await sql`pragma max_page_count = ${sql.lit(rows[0]!.page_count + 2)}`.execute(ledger);
    await expect(put('large', 10_000_000)).rejects.toMatchObject({ code: 'disk_full' });
    await put('small', 10);
    expect(await ledger.selectFrom('settings').select('key').execute()).toEqual([{ key: 'small' }]);
    await ledger.destroy();
  });

  test('a file that is no ledger is named', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'ledger.db'), 'x'.repeat(10_000));
    await expect(openLedger({ dataDir, clock })).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('ledger.db is damaged'),
    });
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
