import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS } from '../../contract/errors.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';

let tiltmeter: TestApp;
let webDir: string;
beforeAll(async () => {
  webDir = mkdtempSync(join(tmpdir(), 'tiltmeter-web-'));
  mkdirSync(join(webDir, 'assets'));
  writeFileSync(
    join(webDir, 'index.html'),
    `<!doctype html><title>dashboard</title>${'<p>long'.repeat(500)}`,
  );
  writeFileSync(join(webDir, 'assets', 'app-4f3a.js'), `export const text = '${'long '.repeat(2000)}';`);
  tiltmeter = await startTestApp({ webDir });
});
afterAll(async () => {
  await tiltmeter.stop();
  rmSync(webDir, { recursive: true, force: true });
});

describe('what does not fit gets its code', () => {
  const cases: {
    request: string;
    method: string;
    path: string;
    body?: unknown;
    code: keyof typeof ERRORS;
  }[] = [
    { request: 'an unknown address', method: 'GET', path: '/api/v1/nothing', code: 'not_found' },
    { request: 'an unknown address outside the API', method: 'POST', path: '/nothing', code: 'not_found' },
    { request: 'a malformed address', method: 'GET', path: '/api/v1/keys/%ff', code: 'not_found' },
    { request: 'a wrong method', method: 'PUT', path: '/api/v1/keys', code: 'method_not_allowed' },
    {
      request: 'a wrong method with a parameter',
      method: 'GET',
      path: '/api/v1/keys/7',
      code: 'method_not_allowed',
    },
    { request: 'broken JSON', method: 'POST', path: '/api/v1/keys', body: '{"name":', code: 'invalid_json' },
    { request: 'no body', method: 'POST', path: '/api/v1/keys', code: 'empty_body' },
    { request: 'a body of nothing', method: 'POST', path: '/api/v1/keys', body: '', code: 'empty_body' },
    { request: 'null', method: 'POST', path: '/api/v1/keys', body: null, code: 'invalid_request' },
    { request: 'a list', method: 'POST', path: '/api/v1/keys', body: [], code: 'invalid_request' },
    {
      request: 'an unknown field',
      method: 'POST',
      path: '/api/v1/keys',
      body: { name: 'a', scopes: ['read'], rights: 'all' },
      code: 'invalid_request',
    },
    {
      request: 'a large body',
      method: 'POST',
      path: '/api/v1/keys',
      body: 'x'.repeat(9e6),
      code: 'body_too_large',
    },
    { request: 'a limit of zero', method: 'GET', path: '/api/v1/keys?limit=0', code: 'invalid_request' },
    { request: 'a foreign cursor', method: 'GET', path: '/api/v1/audit?cursor=x', code: 'invalid_request' },
  ];
  test.each(cases)('$request: $code', async ({ method, path, body, code }) => {
    const reply = await tiltmeter.json(method, path, body);
    expect(reply.body.error).toMatchObject({ code, hint: ERRORS[code].hint });
    expect(reply.status).toBe(ERRORS[code].status);
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|\.ts:\d/);
  });

  test('a field is named', async () => {
    const { body } = await tiltmeter.json('POST', '/api/v1/keys', { name: '', scopes: ['read', 'fly'] });
    expect(body.error.details.map((detail: { path: string }) => detail.path)).toEqual(['name', 'scopes.1']);
  });

  test('another content type, another encoding', async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${tiltmeter.address}/api/v1/keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tiltmeter.adminKey}`, ...headers },
        body: 'a=1',
      }).then(async (reply) => ((await reply.json()) as { error: { code: string } }).error.code);
    expect(await send({ 'content-type': 'application/xml' })).toBe('unsupported_media_type');
    expect(await send({ 'content-type': 'application/json', 'content-encoding': 'gzip' })).toBe(
      'unsupported_encoding',
    );
  });

  test.each([
    ['text that is not HTTP', 'hello\r\n\r\n', 400],
    ['a header of 20 KB', `GET /healthz HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s', async (_, text, status) => {
    const socket = connect(Number(new URL(tiltmeter.address).port), '127.0.0.1');
    socket.write(text);
    let reply = '';
    for await (const chunk of socket) reply += chunk;
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(reply.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      error: { code: 'invalid_request' },
    });
  });

  test('the methods that would do are named', async () => {
    const { headers } = await tiltmeter.json('PUT', '/api/v1/keys', {});
    expect(headers.get('allow')).toBe('GET, POST');
  });
});

describe('a browser', () => {
  const post = (headers: Record<string, string>) =>
    fetch(`${tiltmeter.address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"token":"x"}',
    }).then(async (reply) => ((await reply.json()) as { error: { code: string } }).error.code);

  test('on another site cannot change anything', async () => {
    expect(await post({ origin: 'https://evil.example' })).toBe('cross_origin');
    expect(await post({ origin: 'null' })).toBe('cross_origin');
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe('cross_origin');
    expect(await post({ 'sec-fetch-site': 'same-site' })).toBe('cross_origin');
    // A browser that knows a password for this address sends it along, unlike a key.
    const known = `Basic ${Buffer.from(`x:${tiltmeter.adminKey}`).toString('base64')}`;
    expect(await post({ authorization: known, 'sec-fetch-site': 'cross-site' })).toBe('cross_origin');
    expect(await post({ origin: tiltmeter.address, 'sec-fetch-site': 'same-origin' })).toBe(
      'not_authenticated',
    );
  });

  test('is told what it may do, and which request it was', async () => {
    const { headers } = await tiltmeter.json('GET', '/healthz');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-z]{22}$/);
    expect((await tiltmeter.json('GET', '/api/v1/status')).headers.get('cache-control')).toBe('no-store');
  });

  const page = (path: string, accept = 'text/html,*/*') =>
    fetch(tiltmeter.address + path, { headers: { accept } });

  test('gets the dashboard at each of its addresses', async () => {
    for (const path of ['/', '/login?token=abc', '/models/credit-risk.v2/columns/a%2Fb', '/index.html']) {
      const reply = await page(path);
      expect([path, reply.status]).toEqual([path, 200]);
      expect(await reply.text()).toContain('<title>dashboard');
      expect(reply.headers.get('cache-control')).toBe('no-cache');
    }
  });

  test('gets a page without a warning of too many listeners, as browsers ask', async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => void warnings.push(warning.message);
    process.on('warning', note);
    try {
      const headers = { accept: 'text/html,*/*', 'accept-encoding': 'gzip, br' };
      await (await fetch(`${tiltmeter.address}/login`, { headers })).text();
      await setImmediate();
    } finally {
      process.off('warning', note);
    }
    expect(warnings).toEqual([]);
  });

  test('gets named files for ever, compressed, and no page in place of a missing one', async () => {
    const reply = await page('/assets/app-4f3a.js');
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(reply.headers.get('content-encoding')).toMatch(/br|gzip/);
    expect(await reply.text()).toContain('long');
    expect((await page('/assets/gone.js')).status).toBe(404);
    expect((await page('/api/v1/gone')).status).toBe(404);
    expect((await page('/anything', 'application/json')).status).toBe(404);
    expect((await page('/assets/..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });
});

test('the OpenAPI document has every address, and the page shows them', async () => {
  const { body } = await tiltmeter.json('GET', '/api/v1/openapi.json', undefined, null);
  expect(body.openapi).toBe('3.1.0');
  for (const [accepted, sent] of [
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
    ['br;q=0, identity', null],
  ] as const) {
    const headers = { 'accept-encoding': accepted };
    const reply = await fetch(`${tiltmeter.address}/api/v1/openapi.json`, { headers });
    expect([accepted, reply.headers.get('content-encoding')]).toEqual([accepted, sent]);
    expect(await reply.json()).toEqual(body);
  }
  expect(body.paths['/api/v1/keys'].post.requestBody.content['application/json'].schema.required).toEqual([
    'name',
    'scopes',
  ]);
  expect(body.paths['/api/v1/keys/{id}'].delete.parameters).toMatchObject([{ name: 'id', in: 'path' }]);
  const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  const page = await tiltmeter.json('GET', '/docs', undefined, null);
  expect(page.headers.get('content-type')).toContain('text/html');
  for (const path of Object.keys(body.paths)) expect(page.body).toContain(path);
  expect(page.body).toContain(
    "curl &quot;$TILTMETER_URL/api/v1/keys&quot; -X POST -H &quot;authorization: Bearer $TILTMETER_KEY&quot; -H 'content-type: application/json' --data @body",
  );
});

test('Prometheus reads what this server says of itself', async () => {
  const { status, headers, body } = await tiltmeter.json('GET', '/metrics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(body).toContain('tiltmeter_store_up{store="lake"} 1\n');
  expect(body).toContain('# TYPE tiltmeter_ingest_events_total counter\n');
});

test('status names the version and the state of both stores', async () => {
  const { body } = await tiltmeter.json('GET', '/api/v1/status');
  expect(body).toMatchObject({ lake: { state: 'ok' }, ledger: { state: 'ok' }, ingest: { received: 0 } });
});
