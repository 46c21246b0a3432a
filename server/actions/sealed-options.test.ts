import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { placesOf } from '../../test/stored-text.ts';
import { adoptKey } from '../audit/head.ts';
import { pseudonymKey } from '../models/privacy/pseudonyms.ts';
import { rotateSecretKey, secretKeys } from '../secret-key.ts';
import { TEST_SECRET } from '../vault.testing.ts';
import { createVault } from '../vault.ts';

const SECRET = 'SECRETTOKEN-of-a-chat';
const ADDRESS = `https://user:${SECRET}@hooks.example.org/services/T000/${SECRET}?key=1x2K`;
const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-sealed-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const lines: { fields: Record<string, unknown>; message: string }[] = [];
const note = (fields: object, message: string) =>
  void lines.push({ fields: fields as Record<string, unknown>, message });
const log = { debug() {}, info: note, warn: note, error: note };
/** With the keys of the data folder, wherever the ledger is. */
const start = () =>
  startTestApp({
    dataDir,
    allowPrivateAddresses: true,
    log,
    secretKey: secretKeys(dataDir, undefined).join('\n'),
  });
const stored = async ({ app }: TestApp) =>
  (await app.ctx.ledger.selectFrom('channels').select('options').executeTakeFirstOrThrow()).options;

test('secrets of a channel are neither shown nor stored in clear, over restarts, upgrades and new keys', async () => {
  chmodSync(dataDir, 0o755);
  let tilt = await start();
  expect(lines.some(({ message }) => message.startsWith('others may look into the data folder'))).toBe(true);
  const channel = { name: 'chat', address: ADDRESS, secret: `${SECRET}-signs` };
  const { body } = await tilt.json('POST', '/api/v1/channels', channel);
  expect(body.address).toBe('https://hooks.example.org/…1x2K');
  const { body: list } = await tilt.json('GET', '/api/v1/channels');
  const { body: audited } = await tilt.json('GET', '/api/v1/audit');
  expect(JSON.stringify([body, list, audited])).not.toContain('SECRETTOKEN');
  expect(await stored(tilt)).not.toContain('SECRETTOKEN');

  // as an older version stored it
  const plain = JSON.stringify({ address: ADDRESS, secret: `${SECRET}-signs` });
  await tilt.app.ctx.ledger.updateTable('channels').set({ options: plain }).execute();
  await tilt.stop();
  chmodSync(dataDir, 0o700);
  lines.length = 0;
  tilt = await start();
  expect(lines.some(({ message }) => message.includes('others may look'))).toBe(false);
  const first = await stored(tilt);
  expect(first).toMatch(/^sealed:/);
  await tilt.stop();

  rotateSecretKey(dataDir);
  tilt = await start();
  const second = await stored(tilt);
  expect(second.split(':')[1]).not.toBe(first.split(':')[1]);
  expect((await tilt.json('GET', '/api/v1/channels')).body.items).toMatchObject([
    { address: 'https://hooks.example.org/…1x2K' },
  ]);
  expect((await tilt.json('GET', '/api/v1/audit/verify')).body).toMatchObject({
    keyed_from: 1,
    broken: null,
  });
  await tilt.stop();

  const withAnother = startTestApp({ dataDir, secretKey: 'a key that is not the one of this ledger' });
  await expect(withAnother).rejects.toMatchObject({ code: 'invalid_option' });
});

test('a start that died between the new key and the secrets is finished by the next, and nothing needs the former key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-half-sealed-'));
  const keys = [`${TEST_SECRET}-new`, TEST_SECRET];
  let now = Date.now();
  const startWith = (secretKey: string) =>
    startTestApp({ dataDir: folder, allowPrivateAddresses: true, secretKey, clock: () => now });
  try {
    let tilt = await startWith(TEST_SECRET);
    const made = [
      await tilt.json('POST', '/api/v1/channels', { name: 'chat', address: ADDRESS }),
      await tilt.json('POST', '/api/v1/actions', {
        name: 'Retrain',
        kind: 'webhook',
        options: { address: ADDRESS },
      }),
      await tilt.json('POST', '/api/v1/predictions', { model: 'm', id: 'of-ada', prediction: 'yes' }),
      await tilt.json('DELETE', '/api/v1/models/m/predictions?id=of-ada'),
    ];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 200, 202]);
    const pseudonyms = await pseudonymKey(tilt.app.ctx);
    const former = `sealed:${tilt.app.ctx.vault.id}:`;
    const underFormer = async () =>
      (await placesOf(former, tilt)).filter((place) => place.startsWith('ledger:'));
    expect(await underFormer()).toEqual(
      ['actions', 'channels', 'erasures', 'privacy'].map((table) => `ledger: ${table}`),
    );
    await adoptKey({ ledger: tilt.app.ctx.ledger, vault: createVault(keys) });
    await tilt.stop();

    tilt = await startWith(keys.join('\n'));
    expect(await underFormer()).toEqual([]);
    await tilt.stop();

    tilt = await startWith(keys[0]!);
    expect(await pseudonymKey(tilt.app.ctx)).toBe(pseudonyms);
    for (const minutes of [1, 15]) {
      now += minutes * 60_000;
      await tilt.app.runJob('erasures');
    }
    const { body } = await tilt.json('GET', '/api/v1/models/m/erasures');
    expect(body.items).toMatchObject([{ predictions: 1, finished_at: expect.any(String) }]);
    expect((await tilt.json('GET', '/api/v1/models/m/predictions')).body.items).toEqual([]);
    await tilt.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
