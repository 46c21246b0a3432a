import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Receipt } from '../../../contract/receipt.ts';
import { until } from '../../../test/until.ts';
import { openLedger } from '../../store/ledger/open.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { startTestPostgres, type TestPostgres } from '../../store/ledger/testing/postgres.ts';
import { Idempotency } from './idempotency.ts';

const request = { actor: 'a', kind: 'predictions' as const, key: 'k', body: 'hash' };
const receipt = {
  received: 1,
  stored: 1,
  duplicates: 0,
  rejected: [],
  rejected_total: 0,
} as unknown as Receipt;
const inProgress = expect.objectContaining({ code: 'idempotency_in_progress' });

function contract(open: () => Promise<Kysely<Ledger>>) {
  let ledger: Kysely<Ledger>;
  afterEach(() => ledger?.destroy());

  /** Two servers that share a lake. */
  async function servers(): Promise<[Idempotency, Idempotency]> {
    ledger = await open();
    return [new Idempotency({ ledger, shared: true }), new Idempotency({ ledger, shared: true })];
  }
  /** The claim is so many milliseconds old. */
  const age = (ms: number) =>
    ledger
      .updateTable('idempotency')
      .set((eb) => ({ created_at: eb('created_at', '-', ms) }))
      .execute();
  const claim = () => ledger.selectFrom('idempotency').select('created_at').executeTakeFirstOrThrow();

  test('of many that ask at once on two servers one stores, and the others get its receipt later', async () => {
    const [one, two] = await servers();
    const store = vi.fn(async () => receipt);
    const asked = await Promise.allSettled([one, two, one, two].map((server) => server.once(request, store)));
    expect(store).toHaveBeenCalledOnce();
    for (const each of asked) if (each.status === 'rejected') expect(each.reason).toEqual(inProgress);
    expect(await two.once(request, store)).toEqual(receipt);
    expect(store).toHaveBeenCalledOnce();
  });

  test('requests that come together cost the ledger a few statements', async () => {
    const [one] = await servers();
    const inserts = vi.spyOn(ledger, 'insertInto');
    const keys = Array.from({ length: 100 }, (_, i) => `key-${i}`);
    const store = vi.fn(async () => receipt);
    await Promise.all(keys.map((key) => one.once({ ...request, key }, store)));
    expect(store).toHaveBeenCalledTimes(100);
    expect(inserts.mock.calls.length).toBeLessThan(10);
    expect(await Promise.all(keys.map((key) => one.once({ ...request, key }, store)))).toHaveLength(100);
    expect(store).toHaveBeenCalledTimes(100);
  });

  test('of two servers that take an abandoned request over at once one does', async () => {
    const servings = await servers();
    // the first try never ends, as on a server that has died
    void new Idempotency({ ledger, shared: true, renewMs: 1e9 }).once(request, () => new Promise(() => {}));
    await until(async () => (await ledger.selectFrom('idempotency').select('id').execute()).length === 1);
    await expect(servings[0].once(request, async () => receipt)).rejects.toEqual(inProgress);
    await age(120_000);
    const begun: boolean[] = [];
    const gate = Promise.withResolvers<Receipt>();
    const asked = servings.map((server) =>
      server.once(request, ({ repeated }) => {
        begun.push(repeated);
        return gate.promise;
      }),
    );
    await expect(Promise.race(asked)).rejects.toEqual(inProgress);
    gate.resolve(receipt);
    const ends = await Promise.allSettled(asked);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(begun).toEqual([true]);
  });

  test('a request that takes long is not taken over while its server lives', async () => {
    const [, two] = await servers();
    const gate = Promise.withResolvers<Receipt>();
    const asked = new Idempotency({ ledger, shared: true, renewMs: 5 }).once(request, () => gate.promise);
    await until(async () => (await ledger.selectFrom('idempotency').select('id').execute()).length === 1);
    const before = (await claim()).created_at;
    await until(async () => (await claim()).created_at > before);
    await expect(two.once(request, async () => receipt)).rejects.toEqual(inProgress);
    gate.resolve(receipt);
    expect(await asked).toEqual(receipt);
  });

  test('a request that failed may be repeated at once, on any server', async () => {
    const [one, two] = await servers();
    await expect(one.once(request, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    let again: boolean | undefined;
    await two.once(request, async ({ repeated }) => {
      again = repeated;
      return receipt;
    });
    expect(again).toBe(true);
  });

  test('a key belongs to one body', async () => {
    const [one, two] = await servers();
    await one.once(request, async () => receipt);
    const other = { ...request, body: 'another' };
    await expect(two.once(other, async () => receipt)).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
  });
}

describe('on SQLite', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-idempotency-'));
  let count = 0;
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  contract(async () => {
    const dir = mkdtempSync(join(dataDir, `${count++}-`));
    return openLedger({ dataDir: dir, clock: Date.now });
  });
});

describe('on PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(() => postgres?.stop());
  contract(async () =>
    openLedger({ dataDir: '/nowhere', ledgerUrl: await postgres.createDatabase(), clock: Date.now }),
  );
});
