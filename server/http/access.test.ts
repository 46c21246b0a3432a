import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import type { Scope } from '../context.ts';
import { Schemas } from '../models/columns/schemas.ts';
import { routes } from '../routes.ts';

let tiltmeter: TestApp;
beforeAll(async () => {
  tiltmeter = await startTestApp();
});
afterAll(() => tiltmeter.stop());

async function keyWith(...scopes: Scope[]): Promise<string> {
  const { body } = await tiltmeter.json('POST', '/api/v1/keys', { name: scopes.join(), scopes });
  return body.secret;
}

/** One address for each access; the body is wrong on purpose, so that a request that may pass changes nothing. */
const ADDRESS = {
  public: ['GET', '/healthz'],
  read: ['GET', '/api/v1/status'],
  ingest: ['POST', '/api/v1/predictions'],
  write: ['POST', '/api/v1/keys'],
  admin: ['POST', '/api/v1/users'],
} as const;
const NOT_REFUSED = 'not refused';

const MATRIX: { holder: string; scopes: Scope[] | null; may: (keyof typeof ADDRESS)[]; refusal: string }[] = [
  { holder: 'nobody', scopes: null, may: ['public'], refusal: 'not_authenticated' },
  { holder: 'an ingest key', scopes: ['ingest'], may: ['public', 'ingest'], refusal: 'not_allowed' },
  { holder: 'a read key', scopes: ['read'], may: ['public', 'read'], refusal: 'not_allowed' },
  { holder: 'a write key', scopes: ['write'], may: ['public', 'read', 'write'], refusal: 'not_allowed' },
  {
    holder: 'an admin key',
    scopes: ['admin'],
    may: ['public', 'read', 'ingest', 'write', 'admin'],
    refusal: 'not_allowed',
  },
];

describe.each(MATRIX)('$holder', ({ scopes, may, refusal }) => {
  test.each(Object.entries(ADDRESS))('at an address with %s access', async (access, [method, path]) => {
    const key = scopes && (await keyWith(...scopes));
    const { body } = await tiltmeter.json(method, path, method === 'POST' ? {} : undefined, key);
    const code = ['not_authenticated', 'not_allowed'].includes(body?.error?.code)
      ? body.error.code
      : NOT_REFUSED;
    expect(code).toBe(may.includes(access as keyof typeof ADDRESS) ? NOT_REFUSED : refusal);
  });
});

test('every route that changes something needs more than read, or is about the own session', () => {
  const { ingest, ctx } = tiltmeter.app;
  const schemas = new Schemas({ ...ctx, maxColumns: 1 });
  const open = routes({ ingest, schemas }).filter(
    (route) => route.method !== 'GET' && ['public', 'read'].includes(route.access),
  );
  const reading = open.filter((route) => route.access === 'read').map((route) => route.path);
  expect(open.filter((route) => route.access === 'public').map((route) => route.path)).toEqual([
    '/api/v1/session',
    '/api/v1/session',
  ]);
  expect(reading.filter((path) => !/search|query|preview|effects|backtest|test/.test(path))).toEqual([]);
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

test('nobody gives a key more than they have', async () => {
  const editor = await keyWith('write');
  const wanted = await tiltmeter.json('POST', '/api/v1/keys', { name: 'more', scopes: ['admin'] }, editor);
  expect(wanted).toMatchObject({ status: 403, body: { error: { code: 'not_allowed' } } });
  const ingest = await tiltmeter.json('POST', '/api/v1/keys', { name: 'in', scopes: ['ingest'] }, editor);
  expect(ingest.status).toBe(403);
  const less = await tiltmeter.json('POST', '/api/v1/keys', { name: 'less', scopes: ['read'] }, editor);
  expect(less).toMatchObject({ status: 201, body: { created_by: 'key write' } });
});

test('an editor ends only the keys they made, whatever name a key has', async () => {
  const { body: user } = await tiltmeter.json('POST', '/api/v1/users', {
    email: 'ed@example.org',
    name: 'Ed',
    role: 'editor',
  });
  const link = await tiltmeter.json('POST', `/api/v1/users/${user.id}/link`);
  const token = new URL(link.body.url).searchParams.get('token');
  const signedIn = await fetch(`${tiltmeter.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const asEd = (method: string, path: string, body?: unknown) =>
    fetch(tiltmeter.address + path, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const make = { name: 'ed@example.org', scopes: ['write'] };
  const own = (await (await asEd('POST', '/api/v1/keys', make)).json()) as { id: string; secret: string };
  const others = await tiltmeter.json('POST', '/api/v1/keys', { name: 'others', scopes: ['read'] });
  expect((await asEd('DELETE', `/api/v1/keys/${others.body.id}`)).status).toBe(403);
  expect((await tiltmeter.json('DELETE', `/api/v1/keys/${own.id}`, undefined, own.secret)).status).toBe(403);
  expect((await asEd('DELETE', `/api/v1/keys/${own.id}`)).status).toBe(204);
  expect((await tiltmeter.json('DELETE', '/api/v1/keys/none')).status).toBe(404);
});

test('a wrong key is refused also where nobody needs one to ask who they are', async () => {
  expect(await tiltmeter.json('GET', '/api/v1/session', undefined, 'tm_wrong')).toMatchObject({
    status: 401,
  });
  expect(await tiltmeter.json('GET', '/api/v1/session', undefined, null)).toMatchObject({ status: 401 });
  const own = await tiltmeter.json('GET', '/api/v1/session');
  expect(own.body.user).toMatchObject({ name: 'TILTMETER_ADMIN_KEY', role: 'admin' });
});
