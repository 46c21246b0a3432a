import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkToken } from '../test/link-token.ts';
import { type AppOptions, createApp } from './app.ts';
import { startTestPostgres } from './store/ledger/testing/postgres.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-app-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const app = (options: Partial<AppOptions> = {}) => createApp({ dataDir, port: 0, jobs: false, ...options });

test('what was configured is there after a restart; a folder that others may look into is warned of', async () => {
  const warned: string[] = [];
  const log = {
    debug() {},
    info() {},
    error() {},
    warn: (_: object, text: string) => void warned.push(text),
  };
  const first = app({ log });
  await first.start();
  expect((await fetch(`${first.address}/readyz`)).status).toBe(200);
  expect(await first.signedInBefore()).toBe(false);
  const link = await first.adminLink();
  await first.stop();
  await first.stop();
  expect(warned).toEqual([]);
  chmodSync(dataDir, 0o755);
  const second = app({ log });
  await second.start();
  const body = JSON.stringify({ token: linkToken(link) });
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${second.address}/api/v1/session`, { method: 'POST', headers, body });
  expect(reply.status).toBe(200);
  expect(warned).toContain(`others may look into the data folder: chmod -R go= ${dataDir}`);
  await second.stop();
});

test('what was sent is there after restarts, in a data folder with a relative path like the usual one', async () => {
  const adminKey = 'a-key-of-thirty-two-and-some-more';
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  for (let starts = 1; starts <= 3; starts++) {
    const tiltmeter = app({ adminKey, dataDir: relative('.', dataDir) });
    await tiltmeter.start();
    const body = JSON.stringify({ model: 'm', id: `p${starts}`, prediction: 1 });
    await fetch(`${tiltmeter.address}/api/v1/predictions`, { method: 'POST', headers, body });
    const reply = await fetch(`${tiltmeter.address}/api/v1/models/m/predictions`, { headers });
    expect(((await reply.json()) as { items: unknown[] }).items).toHaveLength(starts);
    await tiltmeter.stop();
  }
  expect(existsSync(join(dataDir, 'lake'))).toBe(true);
});

test('a stop in the middle of ingest answers everyone, and keeps what it acknowledged', async () => {
  const adminKey = 'a-key-of-thirty-two-and-some-more';
  const first = app({ adminKey });
  await first.start();
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const send = async (id: number) => {
    const body = JSON.stringify({ model: 'm', id: `p${id}`, features: { a: id }, prediction: 1 });
    const reply = await fetch(`${first.address}/api/v1/predictions`, { method: 'POST', headers, body });
    return { id: `p${id}`, status: reply.status };
  };
  const acknowledged: string[] = [];
  const refused: unknown[] = [];
  let next = 0;
  async function sender(): Promise<void> {
    for (;;) {
      const reply = await send(next++).catch(() => undefined);
      if (reply?.status !== 200) return void refused.push(reply?.status);
      acknowledged.push(reply.id);
    }
  }
  const senders = Array.from({ length: 8 }, sender);
  while (acknowledged.length < 20) await new Promise((resolve) => setImmediate(resolve));
  await first.stop();
  await Promise.all(senders);
  expect(refused.filter((status) => status !== 503 && status !== undefined)).toEqual([]);
  const second = app();
  await second.start();
  const { table_name } = await second.ctx.ledger
    .selectFrom('models')
    .select('table_name')
    .executeTakeFirstOrThrow();
  const rows = await second.ctx.lake.query<{ id: string }>(`SELECT _id AS id FROM tiltmeter.${table_name}`);
  await second.stop();
  const stored = rows.map((row) => row.id);
  expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
  expect(new Set(stored).size).toBe(stored.length);
});

test('a second server on the folder is refused, and leaves the first alone', async () => {
  const first = app();
  await first.start();
  const second = app();
  await expect(second.start()).rejects.toMatchObject({ code: 'data_folder_locked' });
  await second.stop();
  expect((await fetch(`${first.address}/readyz`)).status).toBe(200);
  await first.stop();
});

test('a taken port is named, and a start that failed leaves nothing open', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(app({ port }).start()).rejects.toMatchObject({
    code: 'port_in_use',
    message: `port ${port} on 127.0.0.1 is taken`,
  });
  other.close();
  const next = app();
  await next.start();
  await next.stop();
});

test('a public address needs a way to sign in', async () => {
  await expect(app({ host: '0.0.0.0' }).start()).rejects.toMatchObject({ code: 'public_address_refused' });
  const withKey = app({ host: '0.0.0.0', adminKey: 'a-key-of-thirty-two-and-some-more' });
  await withKey.start();
  expect(withKey.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await withKey.stop();
});

test('a short admin key is refused', async () => {
  await expect(app({ adminKey: 'short' }).start()).rejects.toMatchObject({ code: 'invalid_option' });
});

test('an address that is not of this machine is refused', async () => {
  const start = app({ host: '203.0.113.7', adminKey: 'a-key-of-thirty-two-and-some-more' }).start();
  await expect(start).rejects.toMatchObject({ code: 'invalid_option' });
});

test('the ledger may be PostgreSQL, and its audit log stays one chain under load', async () => {
  const postgres = await startTestPostgres();
  const adminKey = 'a-key-of-thirty-two-and-some-more';
  const ledgerUrl = await postgres.createDatabase();
  const running = app({ ledgerUrl, adminKey, address: 'https://tiltmeter.example.org/' });
  await running.start();
  const { port } = running;
  expect(await running.adminLink()).toMatch(/^https:\/\/tiltmeter\.example\.org\/login#token=/);
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const body = (i: number) => JSON.stringify({ name: `ci ${i}`, scopes: ['read'] });
  const url = `http://127.0.0.1:${port}/api/v1`;
  const made = await Promise.all(
    Array.from({ length: 30 }, (_, i) => fetch(`${url}/keys`, { method: 'POST', headers, body: body(i) })),
  );
  expect(made.map((reply) => reply.status)).toEqual(Array(30).fill(201));
  const verified = await (await fetch(`${url}/audit/verify`, { headers })).json();
  // the first admin, their link, the account that the keys belong to, and the keys
  expect(verified).toMatchObject({ entries: 33, broken: null });
  await running.stop();
  await postgres.stop();
});
