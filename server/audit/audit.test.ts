import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ctx, SYSTEM } from '../context.ts';
import { openLedger } from '../store/ledger/open.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { TEST_SECRET, TEST_VAULT } from '../vault.testing.ts';
import { createVault } from '../vault.ts';
import { audit } from './audit.ts';
import { adoptKey, auditHead } from './head.ts';
import { listAudit } from './list-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const clock = () => 1_795_168_800_000;
let dataDir: string;
let ledger: Kysely<Ledger>;
let ctx: Ctx;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-audit-'));
  ledger = await openLedger({ dataDir, clock });
  ctx = { ledger, clock, actor: SYSTEM, vault: TEST_VAULT } as unknown as Ctx;
});
afterEach(async () => {
  await ledger.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});

const write = (target: string) =>
  ledger.transaction().execute((trx) => audit(ctx, trx, 'test.write', target, { größe: 1, target }));

test('entries form one chain, also when written at once', async () => {
  expect(await verifyAudit(ctx)).toMatchObject({ entries: 0, broken: null });
  await Promise.all(Array.from({ length: 30 }, (_, i) => write(`t${i}`)));
  expect(await verifyAudit(ctx)).toMatchObject({ entries: 30, broken: null });
  const page = await listAudit(ctx, { limit: 20 });
  expect(page.items[0]).toMatchObject({ seq: 30, actor: 'system:Tiltmeter', detail: { größe: 1 } });
  const rest = await listAudit(ctx, { limit: 20, cursor: page.next_cursor ?? '' });
  expect(rest.items.map((entry) => entry.seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(rest.next_cursor).toBeNull();
});

test('a change that is rolled back leaves no entry and no gap', async () => {
  await write('a');
  const failing = ledger.transaction().execute(async (trx) => {
    await audit(ctx, trx, 'test.write', 'b');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await write('c');
  expect(await verifyAudit(ctx)).toMatchObject({ entries: 2, broken: null });
});

/** Someone with the database file in hand can take the triggers away; the chain still tells. */
const TAMPER: [string, string, { seq: number; reason: string }][] = [
  ['an actor replaced', "update audit set actor = 'user:eve' where seq = 2", { seq: 2, reason: 'changed' }],
  ['an entry removed', 'delete from audit where seq = 2', { seq: 3, reason: 'gap' }],
  ['the end cut off', 'delete from audit where seq = 4', { seq: 4, reason: 'gap' }],
  ['a hash replaced', "update audit set hash = 'x' where seq = 3", { seq: 3, reason: 'changed' }],
  ['all removed', 'delete from audit', { seq: 1, reason: 'gap' }],
  ['an id replaced', "update audit set actor_id = 'eve' where seq = 2", { seq: 2, reason: 'changed' }],
];
test.each(TAMPER)('%s is found', async (_, statement, broken) => {
  for (const target of ['a', 'b', 'c', 'd']) await write(target);
  await sql`drop trigger audit_no_update`.execute(ledger);
  await sql`drop trigger audit_no_delete`.execute(ledger);
  await sql.raw(statement).execute(ledger);
  expect((await verifyAudit(ctx)).broken).toEqual(broken);
});

/** Whoever writes the ledger makes every entry from `seq` on anew, as the product did without a key, and sets the head. */
async function makeAnew(from: number, to: number): Promise<void> {
  await sql`drop trigger audit_no_update`.execute(ledger);
  await sql`drop trigger audit_no_delete`.execute(ledger);
  const rows = await ledger.selectFrom('audit').selectAll().orderBy('seq').execute();
  let previous_hash = rows.find(({ seq }) => seq === from - 1)?.hash ?? '';
  for (const row of rows.filter(({ seq }) => seq >= from && seq <= to)) {
    const { seq, at, action, target, detail } = row;
    const fields = JSON.stringify([seq, at, 'user:eve', action, target, detail]);
    const hash = createHash('sha256').update(previous_hash).update(fields).digest('hex');
    const entry = { actor: 'user:eve', key_id: null, previous_hash, hash };
    await ledger.updateTable('audit').set(entry).where('seq', '=', seq).execute();
    previous_hash = hash;
  }
  await ledger.deleteFrom('audit').where('seq', '>', to).execute();
  await ledger.updateTable('audit_head').set({ seq: to, hash: previous_hash }).execute();
}

test('entries made anew without the key are found', async () => {
  for (const target of ['a', 'b', 'c', 'd']) await write(target);
  await makeAnew(2, 4);
  expect((await verifyAudit(ctx)).broken).toEqual({ seq: 2, reason: 'not_keyed' });
});

test('all made anew without the key shows against a noted end, and in keyed_from', async () => {
  for (const target of ['a', 'b', 'c']) await write(target);
  const noted = await auditHead(ctx);
  expect(await verifyAudit(ctx, noted)).toMatchObject({ keyed_from: 1, broken: null });
  await makeAnew(1, 3);
  expect(await verifyAudit(ctx)).toMatchObject({ keyed_from: null });
  expect((await verifyAudit(ctx, noted)).broken).toEqual({ seq: 3, reason: 'not_as_noted' });
});

test('an end that was cut off together with the head shows against a noted one', async () => {
  for (const target of ['a', 'b', 'c']) await write(target);
  const noted = await auditHead(ctx);
  await write('d');
  expect(await verifyAudit(ctx, noted)).toMatchObject({ entries: 4, broken: null });
  await sql`drop trigger audit_no_delete`.execute(ledger);
  const { hash } = await ledger
    .selectFrom('audit')
    .select('hash')
    .where('seq', '=', 2)
    .executeTakeFirstOrThrow();
  await ledger.deleteFrom('audit').where('seq', '>', 2).execute();
  await ledger.updateTable('audit_head').set({ seq: 2, hash }).execute();
  expect((await verifyAudit(ctx)).broken).toBeNull();
  expect((await verifyAudit(ctx, noted)).broken).toEqual({ seq: 3, reason: 'not_as_noted' });
});

test('entries of a former key are verified with it, and not without it', async () => {
  await write('a');
  const next = 'another secret key, of 32 or more characters';
  const rotated = { ...ctx, vault: createVault([next, TEST_SECRET]) };
  await adoptKey(ctx);
  await adoptKey(rotated);
  await ledger.transaction().execute((trx) => audit(rotated, trx, 'test.write', 'b'));
  expect((await verifyAudit(rotated)).broken).toBeNull();
  const without = { ...ctx, vault: createVault([next]) };
  expect((await verifyAudit(without)).broken).toEqual({ seq: 1, reason: 'unknown_key' });
  await expect(adoptKey(ctx)).rejects.toMatchObject({ code: 'invalid_option' });
});

test('an entry says from where and with which request it was asked for', async () => {
  const asked = { ...ctx, request: { id: 'r1', ip: '203.0.113.7' } };
  await ledger.transaction().execute((trx) => audit(asked, trx, 'test.write', 'a', { n: 1 }));
  expect((await listAudit(ctx, { limit: 1 })).items[0]!.detail).toEqual({
    n: 1,
    ip: '203.0.113.7',
    request: 'r1',
  });
});

test('a search finds who, what and to what in any case, a stretch of the log at a time', async () => {
  for (let i = 1; i <= 25; i++) await write(i % 10 === 0 ? `Credit_risk ${i}` : `other ${i}`);
  const found = async (search: string, limit = 100) => {
    const pages: number[][] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listAudit(ctx, { limit, search, ...(cursor === undefined ? {} : { cursor }) }, 8);
      pages.push(page.items.map(({ seq }) => seq));
      cursor = page.next_cursor;
    }
    return pages;
  };
  expect(await found('credit_RISK')).toEqual([[20], [10], [], []]);
  expect(await found('creditxrisk')).toEqual([[], [], [], []]);
  expect((await found('TEST write', 3)).flat()).toEqual(Array.from({ length: 25 }, (_, i) => 25 - i));
  expect((await found('tiltmeter')).flat()).toHaveLength(25);
  expect((await found('%')).flat()).toEqual([]);
});
