import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import type { Role } from '../context.ts';

let tiltmeter: TestApp;
let made = 0;
beforeAll(async () => {
  tiltmeter = await startTestApp({ monotonic: () => made * 60_000 });
  await tiltmeter.app.adminLink(); // makes the first admin: one must remain
});
afterAll(() => tiltmeter.stop());

/** Somebody who has signed in, and calls with their session. */
async function person(role: Role) {
  const email = `${role}${++made}@example.org`;
  const { body: user } = await tiltmeter.json('POST', '/api/v1/users', { email, name: email, role });
  const link = await tiltmeter.json('POST', `/api/v1/users/${user.id}/link`);
  const { headers } = await tiltmeter.json(
    'POST',
    '/api/v1/session',
    { token: new URL(link.body.url.replace('#', '?')).searchParams.get('token') },
    null,
  );
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  async function call(method: string, path: string, body?: unknown) {
    const reply = await fetch(tiltmeter.address + path, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) };
  }
  const change = (body: object) => tiltmeter.json('PATCH', `/api/v1/users/${user.id}`, body);
  const key = async (...scopes: string[]) =>
    (await call('POST', '/api/v1/keys', { name: `of ${email} ${++made}`, scopes })).body;
  return { id: user.id as string, email, call, change, key };
}

const codeOf = ({ body }: { body: { error?: { code: string } } }) => body?.error?.code;
const models = (key: string) => tiltmeter.json('GET', '/api/v1/models', undefined, key);
const reference = (key: string) =>
  tiltmeter.json('POST', '/api/v1/models/none/references', {}, key).then(codeOf);

test('a key is refused while its owner is locked out', async () => {
  const ed = await person('editor');
  const key = await ed.key('write');
  expect(key.owner).toEqual({ id: ed.id, name: ed.email, kind: 'person' });
  expect((await models(key.secret)).status).toBe(200);
  await ed.change({ disabled: true });
  expect((await models(key.secret)).status).toBe(401);
  await ed.change({ disabled: false });
  expect((await models(key.secret)).status).toBe(200);
});

test('a key may do what its owner may today', async () => {
  const ed = await person('editor');
  const key = await ed.key('write', 'ingest');
  expect(await reference(key.secret)).not.toBe('not_allowed');
  await ed.change({ role: 'viewer' });
  expect(await reference(key.secret)).toBe('not_allowed');
  expect((await models(key.secret)).status).toBe(200);
  expect(codeOf(await tiltmeter.json('POST', '/api/v1/predictions', {}, key.secret))).toBe('not_allowed');
  await ed.change({ role: 'editor' });
  expect(await reference(key.secret)).not.toBe('not_allowed');
});

test('no key makes keys, whatever its scopes', async () => {
  const admin = await person('admin');
  const { secret } = await admin.key('admin');
  const wanted = { name: 'child', scopes: ['read'] };
  expect(codeOf(await tiltmeter.json('POST', '/api/v1/keys', wanted, secret))).toBe('not_allowed');
});

test('nobody gives a key more than its owner has', async () => {
  const ed = await person('editor');
  const more = await ed.call('POST', '/api/v1/keys', { name: 'more', scopes: ['admin'] });
  expect(more).toMatchObject({ status: 403, body: { error: { code: 'not_allowed' } } });
  const viewer = await person('viewer');
  const wanted = { name: 'for the viewer', scopes: ['write'], owner: viewer.id };
  expect((await tiltmeter.json('POST', '/api/v1/keys', wanted)).status).toBe(403);
});

test('editors see and end their own keys; an admin all, and makes them for others', async () => {
  const [ed, other] = [await person('editor'), await person('editor')];
  const own = await ed.key('read');
  const foreign = await other.key('read');
  const ids = async (list: Promise<{ body: { items: { id: string }[] } }>) =>
    (await list).body.items.map(({ id }) => id);
  expect(await ids(ed.call('GET', '/api/v1/keys'))).toEqual([own.id]);
  expect(await ids(tiltmeter.json('GET', '/api/v1/keys'))).toEqual(
    expect.arrayContaining([own.id, foreign.id]),
  );
  const forOther = { name: 'for another', scopes: ['read'], owner: other.id };
  expect((await ed.call('POST', '/api/v1/keys', forOther)).status).toBe(403);
  const given = await tiltmeter.json('POST', '/api/v1/keys', forOther);
  expect(given.body.owner.id).toBe(other.id);
  expect((await ed.call('DELETE', `/api/v1/keys/${foreign.id}`)).status).toBe(403);
  expect((await tiltmeter.json('DELETE', `/api/v1/keys/${own.id}`, undefined, own.secret)).status).toBe(403);
  expect((await ed.call('DELETE', `/api/v1/keys/${own.id}`)).status).toBe(204);
  expect((await tiltmeter.json('DELETE', '/api/v1/keys/none')).status).toBe(404);
});

test('a service account owns keys, and nobody signs in as it', async () => {
  const wanted = { kind: 'service', name: 'pipelines', role: 'editor' };
  const { body: account } = await tiltmeter.json('POST', '/api/v1/users', wanted);
  expect(account).toMatchObject({ kind: 'service', email: null, name: 'pipelines' });
  expect((await tiltmeter.json('POST', '/api/v1/users', wanted)).status).toBe(409);
  expect((await tiltmeter.json('POST', `/api/v1/users/${account.id}/link`)).status).toBe(409);
  const key = { name: 'nightly', scopes: ['ingest'], owner: account.id };
  const { body } = await tiltmeter.json('POST', '/api/v1/keys', key);
  const send = () =>
    tiltmeter.json('POST', '/api/v1/predictions', { model: 'm', prediction: 'a' }, body.secret);
  expect((await send()).status).toBe(200);
  await tiltmeter.json('PATCH', `/api/v1/users/${account.id}`, { disabled: true });
  expect((await send()).status).toBe(401);
  const noMail = await tiltmeter.json('POST', '/api/v1/users', { name: 'x', role: 'viewer' });
  expect(noMail).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
});

test('what the operator makes for nobody in particular belongs to automation', async () => {
  const { body } = await tiltmeter.json('POST', '/api/v1/keys', { name: 'ci', scopes: ['ingest'] });
  expect(body.owner).toEqual({ id: 'automation', name: 'automation', kind: 'service' });
});

test.each([
  ['TILTMETER_ADMIN_KEY', 409],
  ['Tiltmeter', 409],
  ['the owner of the data folder', 409],
  ['two', 409],
  ['TWO', 409],
  ['a\u202Eb', 400],
  ['a\nb', 400],
  ['zero\u200Bwidth', 400],
  [' blank', 400],
  ['', 400],
])('%j is no name for a key', async (name, status) => {
  if (made++ === 0 || name === 'two')
    await tiltmeter.json('POST', '/api/v1/keys', { name: 'two', scopes: ['read'] });
  expect((await tiltmeter.json('POST', '/api/v1/keys', { name, scopes: ['read'] })).status).toBe(status);
});

test('the name of a person is no name for a key, and the name of a revoked key is free', async () => {
  const ed = await person('editor');
  const as = (name: string) => ed.call('POST', '/api/v1/keys', { name, scopes: ['read'] });
  expect((await as(ed.email.toUpperCase())).status).toBe(409);
  const first = await as('again');
  expect((await as('again')).status).toBe(409);
  await ed.call('DELETE', `/api/v1/keys/${first.body.id}`);
  expect((await as('again')).status).toBe(201);
});

test('who acted is kept by id beside the name', async () => {
  const ed = await person('editor');
  await ed.call('POST', '/api/v1/models', { id: 'made-by-ed' });
  const { body: key } = await ed.call('POST', '/api/v1/keys', { name: 'someone', scopes: ['write'] });
  await tiltmeter.json('POST', '/api/v1/models', { id: 'made-by-key' }, key.secret);
  const { body } = await tiltmeter.json('GET', '/api/v1/audit?limit=3');
  expect(body.items).toMatchObject([
    { action: 'model.create', target: 'made-by-key', actor: 'key:someone', actor_id: key.id },
    { action: 'key.create', target: key.id, detail: { owner: ed.id } },
    { action: 'model.create', target: 'made-by-ed', actor: `user:${ed.email}`, actor_id: ed.id },
  ]);
});

test('a key of some models sends for them, reads and changes them, and nothing else', async () => {
  const prediction = (model: string) => ({ model, id: `${model}-1`, prediction: 'a', features: { x: 1 } });
  await tiltmeter.json('POST', '/api/v1/predictions', [prediction('ours'), prediction('theirs')]);
  const wanted = { name: 'bound', scopes: ['ingest', 'write'], models: ['ours'] };
  const { body: key } = await tiltmeter.json('POST', '/api/v1/keys', wanted);
  expect(key.models).toEqual(['ours']);
  const sent = await tiltmeter.json(
    'POST',
    '/api/v1/predictions',
    [{ ...prediction('ours'), id: 'ours-2' }, { ...prediction('theirs'), id: 'theirs-2' }, prediction('new')],
    key.secret,
  );
  expect(sent.body).toMatchObject({
    stored: 1,
    rejected: [
      { index: 1, code: 'model_not_allowed' },
      { index: 2, code: 'model_not_allowed' },
    ],
  });
  expect((await tiltmeter.json('GET', '/api/v1/models/new')).status).toBe(404);
  const label = await tiltmeter.json(
    'POST',
    '/api/v1/labels',
    { model: 'theirs', id: 'theirs-1', label: 'b' },
    key.secret,
  );
  expect(label.body.rejected).toMatchObject([{ code: 'model_not_allowed' }]);
  const change = { kind: 'deploy', title: 'of nothing in particular', time: Date.now() };
  const told = await tiltmeter.json('POST', '/api/v1/changes', change, key.secret);
  expect(told.body.rejected).toMatchObject([{ code: 'model_not_allowed' }]);
  const status = async (path: string) => (await tiltmeter.json('GET', path, undefined, key.secret)).status;
  expect(await status('/api/v1/models/ours')).toBe(200);
  for (const path of ['/models/theirs', '/models', '/incidents', '/rejects', '/keys', '/search?q=theirs'])
    expect([path, await status(`/api/v1${path}`)]).toEqual([path, 403]);
  expect(await status('/metrics')).toBe(403);
  const patch = await tiltmeter.json('PATCH', '/api/v1/models/theirs', { owner: 'x' }, key.secret);
  expect(patch.status).toBe(403);
  const admin = await tiltmeter.json('POST', '/api/v1/keys', { ...wanted, name: 'b', scopes: ['admin'] });
  expect(admin.status).toBe(400);
});

test('what a key had no right to send is of no model among the refused events, without its text, and nobody sends it again', async () => {
  const { json } = tiltmeter;
  await json('POST', '/api/v1/models', { id: 'not-its' });
  const wanted = { name: 'of its own', scopes: ['ingest'], models: ['its'] };
  const { body: key } = await json('POST', '/api/v1/keys', wanted);
  const planted = { model: 'not-its', id: 'planted', prediction: 'a' };
  const lines = [planted, { ...planted, model: 'its', id: 'own', latency_ms: -1 }].map((one) =>
    JSON.stringify(one),
  );
  const sent = await json(
    'POST',
    '/api/v1/predictions',
    [...lines, '{"model":"not-its"'].join('\n'),
    key.secret,
  );
  expect(sent.body.rejected.map(({ code }: { code: string }) => code)).toEqual([
    'model_not_allowed',
    'invalid_field',
    'invalid_json',
  ]);
  const { body: kept } = await json('GET', '/api/v1/rejects?limit=3');
  const told = Object.fromEntries(
    kept.items.map(({ code, model, raw }: Record<string, string>) => [code, [model, raw]]),
  );
  expect(told).toEqual({
    model_not_allowed: ['', ''],
    invalid_json: ['', ''],
    invalid_field: ['its', lines[1]],
  });
  expect((await json('GET', '/api/v1/rejects?model=not-its')).body.items).toEqual([]);

  // As versions before kept it.
  await tiltmeter.app.ctx.lake.command(
    `INSERT INTO tiltmeter.rejects (id, received_at, kind, model, code, message, raw)
     SELECT id, received_at, kind, 'not-its', code, message, {raw:String} FROM tiltmeter.rejects FINAL WHERE code = 'model_not_allowed'`,
    { raw: lines[0]! },
  );
  const again = await json('POST', '/api/v1/rejects/replay', { filter: { code: 'model_not_allowed' } });
  expect(again.body).toMatchObject({ received: 0, stored: 0 });
  expect((await json('GET', '/api/v1/models/not-its/predictions')).body.items).toEqual([]);
});

test('channels are made and removed by admins', async () => {
  const ed = await person('editor');
  const channel = { name: 'mine', address: 'https://example.org/hook' };
  expect((await ed.call('POST', '/api/v1/channels', channel)).status).toBe(403);
  expect((await ed.call('DELETE', '/api/v1/channels/none')).status).toBe(403);
});
