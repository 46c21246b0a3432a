import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { until } from '../../../test/until.ts';
import { ledgerNow } from './now.ts';
import type { Ledger } from './schema.ts';
import { ledgerTables } from './size.ts';

export interface LedgerUnderTest {
  /** A function that opens the same, at first empty, store each time it is called. */
  fresh(): Promise<() => Promise<Kysely<Ledger>>>;
}

const user = (id: string) => ({
  id,
  kind: 'person' as const,
  email: `${id}@example.org`,
  name: id,
  role: 'viewer' as const,
  created_at: 1,
  disabled_at: null,
});

/** What both drivers of the ledger must do; the specification of the store. */
export function ledgerContract({ fresh }: LedgerUnderTest): void {
  const opened: Kysely<Ledger>[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((ledger) => ledger.destroy()));
  });
  const opener = async () => {
    const open = await fresh();
    return async () => {
      const ledger = await open();
      opened.push(ledger);
      return ledger;
    };
  };
  const open = async () => (await opener())();

  test('a list of nothing holds nothing', async () => {
    const ledger = await open();
    await ledger.insertInto('settings').values({ key: 'k', value: 'v' }).execute();
    const keys = ledger.selectFrom('settings').select('key');
    expect(await keys.where('key', 'in', []).execute()).toEqual([]);
    expect(await keys.where('key', 'not in', []).execute()).toEqual([{ key: 'k' }]);
  });

  test('the size of each table is told, with its indexes, the largest first', async () => {
    const ledger = await open();
    const before = new Map((await ledgerTables(ledger))!.map(({ name, bytes }) => [name, bytes]));
    expect([...before.keys()]).toEqual(expect.arrayContaining(['models', 'users', 'outbox']));
    for (let i = 0; i < 20; i++)
      await ledger
        .insertInto('users')
        .values(Array.from({ length: 100 }, (_, k) => user(`${'u'.repeat(40)}${i}-${k}`)))
        .execute();
    const after = (await ledgerTables(ledger))!;
    expect(after[0]).toMatchObject({ name: 'users' });
    expect(after[0]!.bytes).toBeGreaterThan(before.get('users')! + 100_000);
  });

  test('rows are written, read, changed and deleted', async () => {
    const ledger = await open();
    await ledger
      .insertInto('users')
      .values([user('a'), user('b')])
      .execute();
    const changed = await ledger
      .updateTable('users')
      .set({ name: 'B' })
      .where('id', '=', 'b')
      .executeTakeFirst();
    expect(changed.numUpdatedRows).toBe(1n);
    const rows = await ledger.selectFrom('users').selectAll().orderBy('id').execute();
    expect(rows).toEqual([user('a'), { ...user('b'), name: 'B' }]);
    const deleted = await ledger.deleteFrom('users').where('id', '=', 'a').executeTakeFirst();
    expect(deleted.numDeletedRows).toBe(1n);
    const { count } = await ledger
      .selectFrom('users')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  test('rows that count themselves begin at 1 and rise', async () => {
    const ledger = await open();
    const event = { incident: 'i', at: 1, kind: 'opened' as const, actor: 'system', text: '' };
    const first = await ledger
      .insertInto('incident_events')
      .values(event)
      .returning('seq')
      .executeTakeFirst();
    const second = await ledger
      .insertInto('incident_events')
      .values(event)
      .returning('seq')
      .executeTakeFirst();
    expect([first?.seq, second?.seq]).toEqual([1, 2]);
  });

  test('a conditional update has one winner', async () => {
    const ledger = await open();
    const link = { hash: 'h', user: 'u', created_at: 0, expires_at: 9, used_at: null };
    await ledger.insertInto('login_links').values(link).execute();
    const use = () =>
      ledger
        .updateTable('login_links')
        .set({ used_at: 5 })
        .where('hash', '=', 'h')
        .where('used_at', 'is', null)
        .executeTakeFirst();
    const results = await Promise.all(Array.from({ length: 10 }, use));
    expect(results.filter((result) => result.numUpdatedRows === 1n)).toHaveLength(1);
  });

  test('a transaction that fails leaves nothing', async () => {
    const ledger = await open();
    const failing = ledger.transaction().execute(async (trx) => {
      await trx.insertInto('users').values(user('a')).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await ledger.selectFrom('users').selectAll().execute()).toEqual([]);
  });

  test('text keeps its Unicode, numbers their 53 bits, floats their value', async () => {
    const ledger = await open();
    const name = 'naïve 模型 🌋 ‮ "quoted" \\ %_\n';
    const big = Number.MAX_SAFE_INTEGER;
    await ledger
      .insertInto('users')
      .values({ ...user('a'), name, created_at: big })
      .execute();
    expect(await ledger.selectFrom('users').selectAll().executeTakeFirst()).toMatchObject({
      name,
      created_at: big,
    });
    const column = {
      model: 'm',
      name: 'c',
      type: 'numeric' as const,
      meaning: null,
      recognised: null,
      looked: 0,
      position: 0,
      declared: 0,
      safe: 0,
    } as const;
    const grid = { grid_center: 0.1 + 0.2, grid_scale: 5e-324 };
    await ledger
      .insertInto('columns')
      .values({ ...column, ...grid, created_at: -big })
      .execute();
    expect(await ledger.selectFrom('columns').selectAll().executeTakeFirst()).toEqual({
      ...column,
      ...grid,
      created_at: -big,
    });
    const { sum } = await ledger
      .selectFrom('users')
      .select((eb) => eb.fn.sum('created_at').as('sum'))
      .executeTakeFirstOrThrow();
    expect(sum).toBe(big);
  });

  test('a broken uniqueness rule is a conflict, also of several columns', async () => {
    const ledger = await open();
    await ledger.insertInto('users').values(user('a')).execute();
    await expect(ledger.insertInto('users').values(user('a')).execute()).rejects.toMatchObject({
      code: 'conflict',
    });
    const same = { ...user('b'), email: 'a@example.org' };
    await expect(ledger.insertInto('users').values(same).execute()).rejects.toMatchObject({
      code: 'conflict',
    });
    const message = {
      channel: 'c',
      incident: 'i',
      sequence: 1,
      episode: 1,
      event: 'opened' as const,
      raised_to: '',
      claim: 0,
      claimed_until: 0,
      payload: '{}',
      state: 'waiting' as const,
      attempts: 0,
      next_at: 0,
      held_until: 0,
      last_error: null,
      created_at: 0,
      delivered_at: null,
    };
    await ledger
      .insertInto('outbox')
      .values({ id: '1', ...message })
      .execute();
    const again = ledger
      .insertInto('outbox')
      .values({ id: '2', ...message })
      .execute();
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a statement that is wrong fails as itself, and the next one works', async () => {
    const ledger = await open();
    await expect(sql`select * from nothing_here`.execute(ledger)).rejects.toThrow('nothing_here');
    expect((await sql<{ one: number }>`select 1 as one`.execute(ledger)).rows).toEqual([{ one: 1 }]);
  });

  test('twenty concurrent starts on an empty store make its tables once', async () => {
    const start = await opener();
    const ledgers = await Promise.all(Array.from({ length: 20 }, start));
    await ledgers[0]!.insertInto('users').values(user('a')).execute();
    for (const ledger of ledgers) {
      expect(await ledger.selectFrom('users').select('id').execute()).toEqual([{ id: 'a' }]);
      expect(await ledger.selectFrom('audit_head').select('id').execute()).toEqual([{ id: 1 }]);
    }
  });

  test('twenty transactions at once each see whole others', async () => {
    const start = await opener();
    const [one, other] = [await start(), await start()];
    await one.insertInto('settings').values({ key: 'counter', value: '0' }).execute();
    const increment = (ledger: Kysely<Ledger>) =>
      ledger.transaction().execute(async (trx) => {
        await trx.updateTable('audit_head').set({ hash: 'held' }).where('id', '=', 1).execute();
        const row = await trx
          .selectFrom('settings')
          .select('value')
          .where('key', '=', 'counter')
          .executeTakeFirst();
        const value = String(Number(row?.value) + 1);
        await trx.updateTable('settings').set({ value }).where('key', '=', 'counter').execute();
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => increment(i % 2 ? one : other)));
    expect(await other.selectFrom('settings').selectAll().execute()).toEqual([
      { key: 'counter', value: '20' },
    ]);
  });

  test('what is read for update and written back loses nothing, however many do it at once', async () => {
    const start = await opener();
    const [one, other] = [await start(), await start()];
    await one.insertInto('settings').values({ key: 'counter', value: '0' }).execute();
    const increment = (ledger: Kysely<Ledger>) =>
      ledger.transaction().execute(async (trx) => {
        const { value } = await trx
          .selectFrom('settings')
          .select('value')
          .where('key', '=', 'counter')
          .forUpdate()
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('settings')
          .set({ value: String(Number(value) + 1) })
          .where('key', '=', 'counter')
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => increment(i % 2 ? one : other)));
    const { value } = await other.selectFrom('settings').select('value').executeTakeFirstOrThrow();
    expect(value).toBe('20');
  });

  test('a change that names the version it was made of has one winner', async () => {
    const start = await opener();
    const [one, other] = [await start(), await start()];
    await one.insertInto('owners').values({ model: 'm', server: '', fence: 7 }).execute();
    const take = (ledger: Kysely<Ledger>, server: string) =>
      ledger
        .updateTable('owners')
        .set({ server, fence: 8 })
        .where('model', '=', 'm')
        .where('fence', '=', 7)
        .executeTakeFirst();
    const taken = await Promise.all(Array.from({ length: 20 }, (_, i) => take(i % 2 ? one : other, `s${i}`)));
    expect(taken.filter((result) => result.numUpdatedRows === 1n)).toHaveLength(1);
  });

  test('whoever meets at rows in the same order ends, also when rows are locked', async () => {
    const start = await opener();
    const [one, other] = [await start(), await start()];
    const keys = ['a', 'b', 'c'];
    await one
      .insertInto('settings')
      .values(keys.map((key) => ({ key, value: '0' })))
      .execute();
    const all = (ledger: Kysely<Ledger>) =>
      ledger.transaction().execute(async (trx) => {
        const rows = await trx.selectFrom('settings').selectAll().orderBy('key').forUpdate().execute();
        for (const { key, value } of rows) {
          const next = String(Number(value) + 1);
          await trx.updateTable('settings').set({ value: next }).where('key', '=', key).execute();
        }
      });
    await Promise.all(Array.from({ length: 10 }, (_, i) => all(i % 2 ? one : other)));
    const rows = await one.selectFrom('settings').select('value').execute();
    expect(rows.map(({ value }) => value)).toEqual(['10', '10', '10']);
  });

  test('the ledger has a clock that moves, also within a transaction', async () => {
    const ledger = await open();
    await ledger.transaction().execute(async (trx) => {
      const now = async () =>
        (await trx.selectNoFrom(ledgerNow(trx).as('now')).executeTakeFirstOrThrow()).now;
      const first = await now();
      expect(Number.isSafeInteger(first)).toBe(true);
      expect(first).toBeGreaterThan(1_750_000_000_000);
      await until(async () => (await now()) > first);
    });
  });

  test('what was written is there after reopening', async () => {
    const start = await opener();
    const before = await start();
    await before.insertInto('users').values(user('a')).execute();
    await before.destroy();
    opened.length = 0;
    const after = await start();
    expect(await after.selectFrom('users').selectAll().execute()).toEqual([user('a')]);
  });

  test('the audit table refuses changes', async () => {
    const ledger = await open();
    const entry = {
      at: 1,
      actor: 'a',
      actor_id: 'a',
      action: 'x',
      target: 't',
      detail: '{}',
      previous_hash: '',
      hash: 'h',
    };
    await ledger
      .insertInto('audit')
      .values({ seq: 1, ...entry })
      .execute();
    await expect(ledger.updateTable('audit').set({ actor: 'b' }).execute()).rejects.toThrow('append-only');
    await expect(ledger.deleteFrom('audit').execute()).rejects.toThrow('append-only');
  });
}
