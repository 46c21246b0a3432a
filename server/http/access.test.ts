import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

let tiltmeter: TestApp;
beforeAll(async () => {
  tiltmeter = await startTestApp();
});
afterAll(() => tiltmeter.stop());

test('health needs no key', async () => {
  expect(await tiltmeter.json('GET', '/healthz', undefined, null)).toMatchObject({
    status: 200,
    body: { status: 'ok' },
  });
  expect(await tiltmeter.json('GET', '/readyz', undefined, null)).toMatchObject({ status: 200 });
});

test('status with the admin key', async () => {
  const { status, body } = await tiltmeter.json('GET', '/api/v1/status');
  expect(status).toBe(200);
  expect(body.lake.state).toBe('ok');
});

test('a key is made, used, revoked', async () => {
  const made = await tiltmeter.json('POST', '/api/v1/keys', { name: 'ci', scopes: ['read'] });
  expect(made.status).toBe(201);
  expect((await tiltmeter.json('GET', '/api/v1/status', undefined, made.body.secret)).status).toBe(200);
  expect((await tiltmeter.json('DELETE', `/api/v1/keys/${made.body.id}`)).status).toBe(204);
  expect((await tiltmeter.json('GET', '/api/v1/status', undefined, made.body.secret)).status).toBe(401);
});
