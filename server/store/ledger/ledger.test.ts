import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../test/until.ts';
import { NodeSqliteDialect } from './drivers/sqlite.ts';
import { writeAheadLog } from './drivers/write-ahead-log.ts';
import { ledgerContract } from './ledger.contract.ts';
import { openLedger } from './open.ts';
import type { Ledger } from './schema.ts';
import { startTestPostgres, type TestPostgres } from './testing/postgres.ts';

let now = 1_795_168_800_000;
/** Each look at it is a millisecond later. */
const clock = () => now++;
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

  test('what is removed is gone from the file', async () => {
    const dataDir = folder();
    const ledger = await openLedger({ dataDir, clock });
    for (const size of [10, 5_000, 100_000])
      await ledger
        .insertInto('settings')
        .values({ key: `a person ${size}`, value: 'a person '.repeat(size) })
        .execute();
    await sql`pragma wal_checkpoint(truncate)`.execute(ledger);
    const file = () => readFileSync(join(dataDir, 'ledger.db'));
    expect(file().includes('a person')).toBe(true);
    await ledger.deleteFrom('settings').execute();
    await ledger.destroy();
    expect(file().includes('a person')).toBe(false);
  });

  test('a file that is no ledger is named', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'ledger.db'), 'x'.repeat(10_000));
    await expect(openLedger({ dataDir, clock })).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('ledger.db is damaged'),
    });
  });

  test('a change is acknowledged when it is on the disk, and the event loop does not wait for that', async () => {
    let flushes = 0;
    let reached = () => {};
    const file = join(folder(), 'ledger.db');
    const onDisk = () => new Promise<void>((resolve) => (reached = resolve));
    const ledger = new Kysely<Ledger>({
      dialect: new NodeSqliteDialect(file, clock, {
        flush: () => {
          flushes++;
          return onDisk();
        },
        close: async () => {},
      }),
    });
    let acknowledged = 0;
    const change = async (work: Promise<unknown>) => {
      const before = flushes;
      const done = work.then(() => acknowledged++);
      const was = acknowledged;
      while (flushes === before) await setImmediate();
      expect(acknowledged).toBe(was);
      reached();
      await done;
      expect(flushes).toBe(before + 1);
    };
    await change(sql`create table t (a integer)`.execute(ledger));
    await change(sql`insert into t values (1) returning a`.execute(ledger));
    await change(
      ledger.transaction().execute(async (trx) => {
        await sql`insert into t values (2)`.execute(trx);
        await sql`insert into t values (3)`.execute(trx);
      }),
    );
    const before = flushes;
    const waiting = sql`insert into t values (4)`.execute(ledger);
    // Whoever asks meanwhile is answered, and changes nothing.
    expect((await sql`select a from t`.execute(ledger)).rows).toHaveLength(4);
    expect(flushes).toBe(before + 1);
    reached();
    await waiting;
    await ledger.destroy();
  });

  test('transactions at once take turns, and what fails gives its turn back', async () => {
    const ledger = new Kysely<Ledger>({ dialect: new NodeSqliteDialect(join(folder(), 'ledger.db'), clock) });
    await sql`create table t (a integer primary key)`.execute(ledger);
    const one = (a: number) =>
      ledger.transaction().execute(async (trx) => {
        await sql`insert into t values (${a})`.execute(trx);
        await setImmediate();
        await sql`insert into t values (${a % 2 === 0 ? a + 100 : a})`.execute(trx);
      });
    const ended = await Promise.allSettled(Array.from({ length: 20 }, (_, a) => one(a)));
    expect(ended.map(({ status }) => status === 'fulfilled')).toEqual(ended.map((_, a) => a % 2 === 0));
    expect((await sql`select a from t`.execute(ledger)).rows).toHaveLength(20);
    await ledger.destroy();
  });

  test('one look at the disk is for all that was committed before it', async () => {
    const file = join(folder(), 'ledger.db');
    const log = writeAheadLog(file);
    const ledger = new Kysely<Ledger>({ dialect: new NodeSqliteDialect(file, clock, log) });
    await sql`create table t (a integer)`.execute(ledger);
    const [first, second, third] = [log.flush(), log.flush(), log.flush()];
    expect(second).toBe(third);
    expect(first).not.toBe(second);
    await Promise.all([first, second]);
    await ledger.destroy();
  });

  test('what is written ahead is what is flushed, also after the log began anew', async () => {
    const file = join(folder(), 'ledger.db');
    const log = writeAheadLog(file);
    const ledger = new Kysely<Ledger>({ dialect: new NodeSqliteDialect(file, clock, log) });
    await sql`create table t (a integer)`.execute(ledger);
    const { ino } = statSync(`${file}-wal`);
    await sql`pragma wal_checkpoint(truncate)`.execute(ledger);
    await sql`insert into t values (1)`.execute(ledger);
    expect(statSync(`${file}-wal`)).toMatchObject({ ino });
    await ledger.destroy();
    await expect(log.flush()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a disk that does not take a change is told', async () => {
    const file = join(folder(), 'ledger.db');
    const flush = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    const ledger = new Kysely<Ledger>({
      dialect: new NodeSqliteDialect(file, clock, { flush, close: async () => {} }),
    });
    await expect(sql`create table t (a integer)`.execute(ledger)).rejects.toMatchObject({
      code: 'disk_full',
    });
    // It is not held back for ever by one that failed.
    expect((await sql`select 1 as one`.execute(ledger)).rows).toEqual([{ one: 1 }]);
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

  test('whoever stands still in a transaction is cut off, and lets others go on', async () => {
    const ledgerUrl = await postgres.createDatabase();
    const [still, other] = await Promise.all(
      [1, 2].map(() => openLedger({ dataDir: '/nowhere', ledgerUrl, clock })),
    );
    const { rows } = await sql<Record<string, string>>`show idle_in_transaction_session_timeout`.execute(
      still!,
    );
    expect(Object.values(rows[0]!)).toEqual(['15s']);
    await still!.insertInto('settings').values({ key: 'k', value: '0' }).execute();
    const gate = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const standing = still!.transaction().execute(async (trx) => {
      await sql`set local idle_in_transaction_session_timeout = 50`.execute(trx);
      await trx.selectFrom('settings').selectAll().forUpdate().execute();
      locked.resolve();
      await gate.promise;
      await trx.updateTable('settings').set({ value: 'mine' }).execute();
    });
    const ended = expect(standing).rejects.toMatchObject({ code: 'store_unavailable' });
    await locked.promise;
    await other!.updateTable('settings').set({ value: 'theirs' }).execute();
    gate.resolve();
    await ended;
    expect(await still!.selectFrom('settings').select('value').execute()).toEqual([{ value: 'theirs' }]);
    await Promise.all([still!.destroy(), other!.destroy()]);
  });

  test('a server that restarts under load loses nothing that it acknowledged, and is used again by itself', async () => {
    const ledgerUrl = await postgres.createDatabase();
    const ledger = await openLedger({ dataDir: '/nowhere', ledgerUrl, clock });
    await ledger.insertInto('settings').values({ key: 'k', value: '0' }).execute();
    let [acknowledged, refused, going] = [0, 0, true];
    const increment = () =>
      ledger.transaction().execute(async (trx) => {
        const row = await trx.selectFrom('settings').selectAll().forUpdate().executeTakeFirstOrThrow();
        await trx
          .updateTable('settings')
          .set({ value: String(Number(row.value) + 1) })
          .execute();
      });
    const workers = Array.from({ length: 8 }, async () => {
      while (going) {
        try {
          await increment();
          acknowledged += 1;
        } catch (error) {
          expect(error).toMatchObject({ code: 'store_unavailable' });
          refused += 1;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }
    });
    const counted = (least: () => boolean) => until(least);
    await counted(() => acknowledged > 20);
    await postgres.restart(() => counted(() => refused > 20).then(() => {}));
    const before = acknowledged;
    await counted(() => acknowledged > before + 20);
    going = false;
    await Promise.all(workers);
    const { value } = await ledger.selectFrom('settings').select('value').executeTakeFirstOrThrow();
    // a commit whose answer was lost is counted and was not acknowledged
    expect(Number(value)).toBeGreaterThanOrEqual(acknowledged);
    expect(Number(value)).toBeLessThanOrEqual(acknowledged + 8);
    await ledger.destroy();
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
