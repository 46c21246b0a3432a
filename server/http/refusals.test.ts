import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

let tilt: TestApp;
let now = 0;
const lines: Record<string, unknown>[] = [];
const log = {
  debug() {},
  info() {},
  warn: (fields: object, message: string) => void lines.push({ ...fields, message }),
  error() {},
};
beforeAll(async () => {
  tilt = await startTestApp({ log, monotonic: () => now, allowPrivateAddresses: true });
});
afterAll(() => tilt.stop());
const refused = () => lines.filter(({ message }) => message === 'refused');
const count = async (code: string) => {
  const { body } = await tilt.json<string>('GET', '/metrics');
  return Number(new RegExp(`tiltmeter_refused_total\\{code="${code}"\\} (\\d+)`).exec(body)?.[1] ?? 0);
};

test('a wrong key, a missing right and a sign-in that fails are logged with address and request, and counted', async () => {
  const wrong = await tilt.json('GET', '/api/v1/models', undefined, 'tm_wrong');
  const key = await tilt.json('POST', '/api/v1/keys', { name: 'reads', scopes: ['read'] });
  await tilt.json('GET', '/api/v1/users', undefined, key.body.secret);
  await tilt.json('POST', '/api/v1/session', { token: 'guessed' }, null);
  expect(refused()).toMatchObject([
    {
      code: 'not_authenticated',
      ip: '127.0.0.1',
      request: wrong.headers.get('x-request-id'),
      method: 'GET',
      url: '/api/v1/models',
    },
    { code: 'not_allowed', actor: `key:${key.body.id}`, url: '/api/v1/users' },
    { code: 'not_authenticated', url: '/api/v1/session' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('tm_wrong');
  expect([await count('not_authenticated'), await count('not_allowed')]).toEqual([2, 1]);
});

test('however many there are, a few a minute are logged, and all are counted', async () => {
  const before = await count('not_authenticated');
  now += 60_000;
  lines.length = 0;
  for (let i = 0; i < 20; i++) await tilt.json('GET', '/api/v1/models', undefined, 'tm_wrong');
  expect(refused()).toHaveLength(5);
  expect(await count('not_authenticated')).toBe(before + 20);
  now += 60_000;
  await tilt.json('GET', '/api/v1/models', undefined, 'tm_wrong');
  expect(refused()).toHaveLength(6);
});

test('sending rejects again and testing a channel are in the audit log, with address and request', async () => {
  const channel = await tilt.json('POST', '/api/v1/channels', { name: 'c', address: 'http://127.0.0.1:9/' });
  const tested = await tilt.json('POST', `/api/v1/channels/${channel.body.id}/test`);
  await tilt.json('POST', '/api/v1/rejects/replay', { filter: { model: 'm' } });
  const { body } = await tilt.json('GET', '/api/v1/audit?limit=2');
  expect(body.items).toMatchObject([
    { action: 'rejects.replay', target: 'm', detail: { received: 0, stored: 0, ip: '127.0.0.1' } },
    { action: 'channel.test', detail: { request: tested.headers.get('x-request-id') } },
  ]);
  const head = `tiltmeter_audit_head{hash="${body.items[0].hash}"} ${body.items[0].seq}`;
  expect((await tilt.json<string>('GET', '/metrics')).body).toContain(head);
});

test('the log says each hour where the audit log ends', async () => {
  const said: object[] = [];
  const other = { ...tilt.app.ctx, log: { ...log, info: (fields: object) => void said.push(fields) } };
  const { auditHeadJob } = await import('../audit/head.ts');
  const job = auditHeadJob(async () => {}) as { run: (ctx: unknown) => Promise<void> };
  await job.run(other);
  const { body } = await tilt.json('GET', '/api/v1/audit?limit=1');
  expect(said).toEqual([{ seq: body.items[0].seq, hash: body.items[0].hash }]);
  const noted = `seq=${body.items[0].seq}&hash=${body.items[0].hash}`;
  expect((await tilt.json('GET', `/api/v1/audit/verify?${noted}`)).body.broken).toBeNull();
  const wrong = await tilt.json('GET', `/api/v1/audit/verify?seq=1&hash=x`);
  expect(wrong.body.broken).toEqual({ seq: 1, reason: 'not_as_noted' });
});

test('a channel that is told where the audit log ends is told so once, and can be believed', async () => {
  const told: { event: string; seq: number; hash: string }[] = [];
  const receiver = createServer(async (request, response) => {
    told.push(JSON.parse(await text(request)));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const channel = { name: 'noted', address: `http://127.0.0.1:${port}/`, tells: 'audit_head' };
  expect((await tilt.json('POST', '/api/v1/channels', channel)).body).toMatchObject({ tells: 'audit_head' });
  for (let i = 0; i < 3; i++) await tilt.app.runJob('audit_head');
  await tilt.app.deliver();
  const { body: log } = await tilt.json('GET', '/api/v1/audit?limit=1');
  const { seq, hash } = log.items[0];
  expect(told).toMatchObject([
    { event: 'audit_head', text: expect.stringContaining(`${seq}:${hash}`), seq, hash },
  ]);
  await tilt.json('POST', '/api/v1/keys', { name: 'one more entry', scopes: ['read'] });
  await tilt.app.runJob('audit_head');
  await tilt.app.deliver();
  expect(told.map((message) => message.seq)).toEqual([seq, seq + 1]);
  const verified = await tilt.json('GET', `/api/v1/audit/verify?seq=${seq}&hash=${hash}`);
  expect(verified.body.broken).toBeNull();
  receiver.close();
});
