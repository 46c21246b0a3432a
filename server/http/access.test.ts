import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import type { Role, Scope } from '../context.ts';
import { Schemas } from '../models/columns/schemas.ts';
import { routes } from '../routes.ts';
import type { OpenApi } from './openapi.ts';

let tiltmeter: TestApp;
beforeAll(async () => {
  tiltmeter = await startTestApp();
});
afterAll(() => tiltmeter.stop());

let made = 0;
async function keyWith(...scopes: Scope[]): Promise<string> {
  const { body } = await tiltmeter.json('POST', '/api/v1/keys', { name: `key ${++made}`, scopes });
  return body.secret;
}

async function sessionOf(role: Role): Promise<string> {
  const { body: user } = await tiltmeter.json('POST', '/api/v1/users', {
    email: `${role}@example.org`,
    name: role,
    role,
  });
  const { body: link } = await tiltmeter.json('POST', `/api/v1/users/${user.id}/link`);
  const token = new URL(link.url.replace('#', '?')).searchParams.get('token');
  const { headers } = await tiltmeter.json('POST', '/api/v1/session', { token }, null);
  return headers.get('set-cookie')!.split(';')[0]!;
}

async function revoked(): Promise<string> {
  const key = { name: 'revoked', scopes: ['admin'] };
  const { body } = await tiltmeter.json('POST', '/api/v1/keys', key);
  await tiltmeter.json('DELETE', `/api/v1/keys/${body.id}`);
  return body.secret;
}

async function bound(): Promise<string> {
  const key = { name: 'bound', scopes: ['ingest', 'write'], models: ['nothing'] };
  return (await tiltmeter.json('POST', '/api/v1/keys', key)).body.secret;
}

/** Who calls, with what in the header, and what the document lets them do. A key without a model in the address is not let in by `only`. */
const PRINCIPALS: {
  who: string;
  header: () => Promise<Record<string, string>>;
  may: readonly string[] | 'unknown';
  key?: boolean;
  only?: string;
}[] = [
  { who: 'nobody', header: async () => ({}), may: [] },
  { who: 'a wrong key', header: async () => bearer('tm_wrong'), may: 'unknown' },
  { who: 'a revoked key', header: async () => bearer(await revoked()), may: 'unknown' },
  { who: 'a viewer', header: async () => ({ cookie: await sessionOf('viewer') }), may: ['read'] },
  {
    who: 'an editor',
    header: async () => ({ cookie: await sessionOf('editor') }),
    may: ['read', 'write', 'ingest'],
  },
  {
    who: 'an admin',
    header: async () => ({ cookie: await sessionOf('admin') }),
    may: ['read', 'write', 'ingest', 'admin'],
  },
  { who: 'an ingest key', header: async () => bearer(await keyWith('ingest')), may: ['ingest'], key: true },
  { who: 'a read key', header: async () => bearer(await keyWith('read')), may: ['read'], key: true },
  {
    who: 'a write key',
    header: async () => bearer(await keyWith('write')),
    may: ['read', 'write'],
    key: true,
  },
  {
    who: 'an admin key',
    header: async () => bearer(await keyWith('admin')),
    may: ['read', 'write', 'ingest', 'admin'],
    key: true,
  },
  {
    who: 'a key of one model',
    header: async () => bearer(await bound()),
    may: ['read', 'write', 'ingest'],
    key: true,
    only: 'nothing',
  },
  {
    who: 'the operator',
    header: async () => bearer(tiltmeter.adminKey),
    may: ['read', 'write', 'ingest', 'admin'],
  },
];
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** What would end the session of who asks, or make something without a body. */
const LEFT_OUT = [
  'DELETE /api/v1/session',
  'DELETE /api/v1/sessions',
  'POST /api/v1/session',
  'POST /api/v1/login-link',
];

describe.each(PRINCIPALS)('$who', ({ header, may, key, only }) => {
  test('reaches of all that the OpenAPI document names what it says, and nothing else', async () => {
    const document = (await tiltmeter.json('GET', '/api/v1/openapi.json')).body as OpenApi;
    const headers = await header();
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.length).toBeGreaterThan(50);
    for (const { path, method, operation } of operations) {
      const name = `${method.toUpperCase()} ${path}`;
      if (LEFT_OUT.includes(name)) continue;
      const access = /^Needs (\w+) access/.exec(operation.description)?.[1];
      const kept = only === undefined || access === 'ingest' || path.includes('{model}');
      const allowed =
        may !== 'unknown' &&
        may.includes(access!) &&
        !(key && /No key may/.test(operation.description)) &&
        kept;
      const refusal = may === 'unknown' || may.length === 0 ? 401 : 403;
      // A session is no access: who has none is told so.
      const self = path === '/api/v1/session' && may.length === 0;
      if (access === undefined && (may === 'unknown' || self)) wanted[name] = '401';
      else wanted[name] = access === undefined || allowed ? 'let in' : String(refusal);
      const reply = await fetch(tiltmeter.address + path.replace(/\{\w+\}/g, 'nothing'), {
        method: method.toUpperCase(),
        // wrong on purpose: who may pass changes nothing
        headers: { ...headers, ...(operation.requestBody ? { 'content-type': 'application/json' } : {}) },
        ...(operation.requestBody ? { body: '"wrong"' } : {}),
      });
      await reply.arrayBuffer();
      expect(reply.status, name).toBeLessThan(500);
      found[name] = [401, 403].includes(reply.status) ? String(reply.status) : 'let in';
    }
    expect(found).toEqual(wanted);
  });
});

test('a key of some models reaches no address of another, whatever is asked there', async () => {
  const document = (await tiltmeter.json('GET', '/api/v1/openapi.json')).body as OpenApi;
  const key = { name: 'bound elsewhere', scopes: ['ingest', 'write'], models: ['nothing'] };
  const { secret } = (await tiltmeter.json('POST', '/api/v1/keys', key)).body;
  const headers = { ...bearer(secret), 'content-type': 'application/json' };
  const of = Object.entries(document.paths).filter(([path]) => path.includes('{model}'));
  expect(of.length).toBeGreaterThan(30);
  for (const [path, methods] of of)
    for (const method of Object.keys(methods).map((each) => each.toUpperCase())) {
      const address = tiltmeter.address + path.replace('{model}', 'another').replace(/\{\w+\}/g, 'nothing');
      const body = method === 'GET' || method === 'DELETE' ? undefined : '{}';
      const reply = await fetch(address, { method, headers, ...(body && { body }) });
      await reply.arrayBuffer();
      expect([method, path, reply.status]).toEqual([method, path, 403]);
    }
});

test('every route that changes something needs more than read, or is about the own session', () => {
  const { ingest, ctx } = tiltmeter.app;
  const schemas = new Schemas({ ...ctx, maxColumns: 1 });
  const open = routes({
    ingest,
    telemetry: undefined as never,
    schemas,
    uploads: undefined as never,
    flags: undefined as never,
  }).filter((route) => route.method !== 'GET' && ['public', 'read'].includes(route.access));
  const reading = open.filter((route) => route.access === 'read').map((route) => route.path);
  expect(open.filter((route) => route.access === 'public').map((route) => route.path)).toEqual([
    '/api/v1/session',
    '/api/v1/session',
  ]);
  expect(
    reading.filter((path) => !/search|query|preview|effects|backtest|test|^\/api\/v1\/sessions/.test(path)),
  ).toEqual([]);
});

test('a key is shown once, listed without its secret, ends when revoked', async () => {
  const { status, body } = await tiltmeter.json('POST', '/api/v1/keys', { name: 'ci', scopes: ['read'] });
  expect(status).toBe(201);
  expect(body.secret).toMatch(/^tm_[\w-]{43}$/);
  expect(await tiltmeter.json('GET', '/api/v1/status', undefined, body.secret)).toMatchObject({
    status: 200,
  });
  const listed = await tiltmeter.json('GET', '/api/v1/keys?limit=1');
  expect(listed.body.items).toMatchObject([{ id: body.id, name: 'ci', prefix: body.secret.slice(0, 9) }]);
  expect(listed.body.items[0].last_used_at).not.toBeNull();
  expect(JSON.stringify(listed.body)).not.toContain(body.secret);
  expect(listed.body.next_cursor).toBe(body.id);
  expect(await tiltmeter.json('DELETE', `/api/v1/keys/${body.id}`)).toMatchObject({ status: 204 });
  expect(await tiltmeter.json('DELETE', `/api/v1/keys/${body.id}`)).toMatchObject({ status: 204 });
  const after = await tiltmeter.json('GET', '/api/v1/status', undefined, body.secret);
  expect(after).toMatchObject({ status: 401, body: { error: { code: 'not_authenticated' } } });
  expect(after.headers.get('www-authenticate')).toBe('Bearer');
});

test('a wrong key is refused also where nobody needs one to ask who they are', async () => {
  expect(await tiltmeter.json('GET', '/api/v1/session', undefined, 'tm_wrong')).toMatchObject({
    status: 401,
  });
  expect(await tiltmeter.json('GET', '/api/v1/session', undefined, null)).toMatchObject({ status: 401 });
  const own = await tiltmeter.json('GET', '/api/v1/session');
  expect(own.body.user).toMatchObject({ name: 'TILTMETER_ADMIN_KEY', role: 'admin' });
});
