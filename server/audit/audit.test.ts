import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ctx, SYSTEM } from '../context.ts';
import { openLedger } from '../store/ledger/open.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { audit } from './audit.ts';
import { listAudit } from './list-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const clock = () => 1_795_168_800_000;
let dataDir: string;
let ledger: Kysely<Ledger>;
let ctx: Ctx;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-audit-'));
  ledger = await openLedger({ dataDir, clock });
  ctx = { ledger, clock, actor: SYSTEM } as unknown as Ctx;
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
];
test.each(TAMPER)('%s is found', async (_, statement, broken) => {
  for (const target of ['a', 'b', 'c', 'd']) await write(target);
  await sql`drop trigger audit_no_update`.execute(ledger);
  await sql`drop trigger audit_no_delete`.execute(ledger);
  await sql.raw(statement).execute(ledger);
  expect((await verifyAudit(ctx)).broken).toEqual(broken);
});
