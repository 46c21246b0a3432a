import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hold, ModelHold } from '../../contract/hold.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';

const HOUR = 3_600_000;
let now = Date.UTC(2026, 10, 20, 10);
let server: TestApp;
let model: Server;
let origin: string;
/** What the endpoint does now. */
let mood: 'right' | 'worse' | 'hangs' | 'broken' | 'nonsense' | 'empty' | 'huge' | 'moved' = 'right';
let heard: { readonly authorization: string | undefined; readonly body: unknown }[] = [];

beforeAll(async () => {
  server = await startTestApp({ clock: () => now, allowPrivateAddresses: true });
  model = createServer(async (request, response) => {
    const body = (await json(request)) as { readonly instances: readonly { readonly x: number }[] };
    heard.push({ authorization: request.headers.authorization, body });
    const x = body.instances[0]!.x;
    const label = x >= (mood === 'worse' ? 80 : 50) ? 'yes' : 'no';
    if (mood === 'hangs') return;
    if (mood === 'broken') return void response.writeHead(500).end('secret-in-reply');
    if (mood === 'moved') return void response.writeHead(302, { location: `${origin}/elsewhere` }).end();
    if (mood === 'nonsense') return void response.end('<html>secret-in-reply');
    if (mood === 'empty') return void response.end('{}');
    if (mood === 'huge') return void response.end(JSON.stringify({ predictions: ['x'.repeat(100_000)] }));
    response.end(JSON.stringify({ predictions: [label] }));
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(model.address() as AddressInfo).port}`;
  await server.json('POST', '/api/v1/models', { id: 'm', task: 'binary' });
});
afterAll(async () => {
  model.closeAllConnections();
  model.close();
  await server.stop();
});

const rows = Array.from({ length: 100 }, (_, x) => ({
  features: { x, who: `secret-value-${x}` },
  label: x >= 50 ? 'yes' : 'no',
}));
const given = (more: object = {}, endpoint: object = {}) => ({
  endpoint: {
    ...{ url: `${origin}/v1?token=secret-in-url`, headers: { Authorization: 'Bearer secret-in-header' } },
    ...{ timeout_ms: 300, ...endpoint },
  },
  ...{ rows, every_ms: 6 * HOUR, ...more },
});
const put = (body: object, key?: string) => server.json<Hold>('PUT', '/api/v1/models/m/hold', body, key);
const get = async () => (await server.json<ModelHold>('GET', '/api/v1/models/m/hold')).body.hold!;
/** When it is due; the newest run. */
async function next(how: typeof mood, afterMs = 6 * HOUR) {
  [mood, now] = [how, now + afterMs];
  await server.app.runJob('holds');
  return (await get()).runs[0]!;
}

test('it is run at once and then when it is due, watched from the start, and says nothing of what is in it', async () => {
  expect(await get()).toBeNull();
  const { status, body } = await put(given());
  expect([status, body]).toMatchObject([200, { rows: 100, task: 'classes', watched: true, runs: [] }]);
  const first = await next('right', 0);
  expect(first).toMatchObject({ answered: 100, failed: null, quality: { value: 1, n: 100 } });
  expect(heard[0]).toEqual({
    authorization: 'Bearer secret-in-header',
    body: { instances: [{ x: expect.any(Number), who: expect.any(String) }] },
  });
  heard = [];
  await server.app.runJob('holds');
  expect(heard).toEqual([]);
  const monitors = (await server.json('GET', '/api/v1/monitors?model=m&kind=labelled_hold')).body.items;
  expect(monitors).toHaveLength(1);
  for (const path of ['/api/v1/models/m/hold', '/api/v1/audit?limit=50'])
    expect(JSON.stringify((await server.json('GET', path)).body)).not.toContain('secret-');
});

test('a model that answers as before loses nothing; one that is worse, so many points for certain', async () => {
  expect((await next('right')).lost).toMatchObject({ value: 0, low: 0, high: 0 });
  const { quality, lost } = await next('worse');
  expect([quality, lost]).toMatchObject([{ value: 0.7 }, { value: 0.3 }]);
  expect(lost.low).toBeGreaterThan(0.2);
});

test.each([
  ['hangs', 'timeout'],
  ['broken', 'http_error'],
  ['moved', 'http_error'],
  ['nonsense', 'not_json'],
  ['empty', 'no_answer'],
  ['huge', 'too_large'],
] as const)('an endpoint that is %s: %s, soon tried again', async (how, reason) => {
  heard = [];
  const { answered, failed, quality } = await next(how);
  expect({ answered, failed, quality }).toMatchObject({
    answered: 0,
    failed: { reason, sentence: expect.stringMatching(/^The .*endpoint/) },
    quality: { value: null, status: reason },
  });
  // It was given up, and never followed elsewhere.
  expect(heard.length).toBeLessThan(30);
  expect(JSON.stringify(await get())).not.toContain('secret-');
  expect((await next('right', 600_000)).failed).toBeNull();
});

test('a server that died in the middle leaves a run that was broken off', async () => {
  await server.app.ctx.ledger
    .updateTable('holds')
    .set({ running_since: now - 5_000 })
    .execute();
  await next('right');
  const { runs } = await get();
  expect(runs[0]!.failed).toBeNull();
  expect(runs.filter(({ failed }) => failed?.reason === 'interrupted')).toHaveLength(1);
});

test.each<[string, () => object, string]>([
  ['too few rows', () => given({ rows: rows.slice(0, 19) }), 'at least 20 rows'],
  ['another address', () => given({}, { url: 'file:///etc/passwd' }), 'must be an http or https address'],
  ['a password in it', () => given({}, { url: 'http://a:b@example.org/' }), 'no user or password'],
  ['a header of its own', () => given({}, { headers: { Host: 'x' } }), 'must leave host'],
  ['two headers in one', () => given({}, { headers: { a: 'b\r\nc: d' } }), 'plain characters'],
  ['a template without features', () => given({}, { protocol: 'template', body: { a: 1 } }), '"$features"'],
  ['no template', () => given({}, { protocol: 'template' }), 'belongs to the protocol template'],
  ['labels of another sort', () => given({ task: 'numbers' }), 'rows.0.label must be a number'],
  ['more often than an hour', () => given({ every_ms: 1000 }), 'at least an hour'],
])('%s is refused, and the set stays', async (_name, body, why) => {
  const before = await get();
  const refused = await server.json('PUT', '/api/v1/models/m/hold', body());
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining(JSON.stringify(why).slice(1, -1))]); // biome-ignore format: one line
  expect(await get()).toEqual(before);
});

test('a column that may not be stored in clear is refused by name', async () => {
  const rules = [{ columns: 'who', action: 'hash' }];
  await server.json('PATCH', '/api/v1/models/m', { privacy: rules });
  const refused = await server.json('PUT', '/api/v1/models/m/hold', given());
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('who may not be stored')]); // biome-ignore format: one line
  await server.json('PATCH', '/api/v1/models/m', { privacy: [] });
});

test('given anew it is compared with its own first run; removed, nothing of it is left', async () => {
  await put(given());
  expect((await get()).runs).toEqual([]);
  expect((await next('worse', 0)).lost.status).toBe('no_baseline');
  const monitors = () => server.json('GET', '/api/v1/monitors?model=m&kind=labelled_hold');
  expect((await monitors()).body.items).toHaveLength(1);
  expect((await server.json('DELETE', '/api/v1/models/m/hold')).status).toBe(204);
  expect(await get()).toBeNull();
  expect((await monitors()).body.items).toEqual([]);
});

test('private addresses are refused when it is set, and when it is run', async () => {
  const strict = await startTestApp({ clock: () => now, allowPrivateAddresses: false });
  try {
    await strict.json('POST', '/api/v1/models', { id: 'm' });
    const refused = await strict.json('PUT', '/api/v1/models/m/hold', given());
    expect([refused.status, refused.body.error.code]).toEqual([422, 'private_address']);
    // A name that was public then.
    const open = { ...strict.app.ctx, settings: { ...strict.app.ctx.settings, allowPrivateAddresses: true } };
    const { storeHold } = await import('../holds/store-hold.ts');
    const none = { refresh: async () => {}, of: () => undefined } as never;
    const { NewHold } = await import('../../contract/hold.ts');
    await storeHold(open, none, 'm', NewHold.parse(given()));
    heard = [];
    await strict.app.runJob('holds');
    const { body } = await strict.json<ModelHold>('GET', '/api/v1/models/m/hold');
    expect(body.hold!.runs[0]!.failed).toMatchObject({ reason: 'private_address' });
    expect(heard).toEqual([]);
  } finally {
    await strict.stop();
  }
});
