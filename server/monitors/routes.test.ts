import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { defaultMonitors } from './configure/defaults.ts';

let app: TestApp;
let viewer: string;

beforeAll(async () => {
  app = await startTestApp();
  const key = { name: 'viewer', scopes: ['read'] };
  viewer = (await app.json('POST', '/api/v1/keys', key)).body.secret;
  const rows = Array.from({ length: 5 }, (_, i) => ({
    model: 'm',
    time: 1_750_000_000_000 + i,
    features: { x: i },
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  await app.app.runJob('models');
});
afterAll(() => app.stop());

const monitors = async () => (await app.json('GET', '/api/v1/monitors?model=m')).body.items;

test('a model has every default monitor as soon as it is looked at', async () => {
  expect(await monitors()).toHaveLength(defaultMonitors().length);
  expect(new Set((await monitors()).map(({ kind }: { kind: string }) => kind)).size).toBe(
    new Set(defaultMonitors().map(({ kind }) => kind)).size,
  );
});

test('a monitor says what counts where it is not set', async () => {
  const defaultsOf = async (kind: string) =>
    (await monitors()).find((monitor: { kind: string }) => monitor.kind === kind).defaults;
  expect(await defaultsOf('missing')).toEqual({
    threshold: 0.03,
    threshold_means: expect.stringContaining('share'),
    m: 2,
    n: 3,
    min_n: expect.any(Number),
  });
  expect(await defaultsOf('performance')).toMatchObject({ threshold: null });
});

test('a default monitor that was removed does not come back', async () => {
  const [first] = await monitors();
  expect((await app.json('DELETE', `/api/v1/monitors/${first.id}`)).status).toBe(204);
  await app.app.runJob('models');
  expect(await monitors()).toHaveLength(defaultMonitors().length - 1);
});

test('add, change, switch off', async () => {
  const wanted = { model: 'm', kind: 'drift', options: { columns: ['x'], threshold: 0.2 }, severity: 'page' };
  const { status, body } = await app.json('POST', '/api/v1/monitors', wanted);
  expect(status).toBe(201);
  expect(body).toMatchObject({ ...wanted, origin: 'user', enabled: true });
  const off = await app.json('PATCH', `/api/v1/monitors/${body.id}`, { enabled: false });
  expect(off.body).toMatchObject({ enabled: false, options: wanted.options });
});

const refused: [string, string, string, unknown, number, string][] = [
  ['of a model that does not exist', 'POST', '', { model: 'nobody', kind: 'drift' }, 404, 'not_found'],
  ['of a kind that does not exist', 'POST', '', { model: 'm', kind: 'mood' }, 400, 'invalid_request'],
  [
    'with a metric of another kind',
    'POST',
    '',
    { model: 'm', kind: 'drift', options: { metric: 'p99' } },
    400,
    'invalid_request',
  ],
  [
    'with columns where there are none',
    'POST',
    '',
    { model: 'm', kind: 'volume', options: { columns: ['x'] } },
    400,
    'invalid_request',
  ],
  [
    'with more breaches than buckets',
    'POST',
    '',
    { model: 'm', kind: 'drift', options: { m: 5, n: 2 } },
    400,
    'invalid_request',
  ],
  ['that is not there', 'PATCH', '/none', { enabled: false }, 404, 'not_found'],
];
test.each(refused)('a monitor %s is refused', async (_name, method, path, body, status, code) => {
  const reply = await app.json(method, `/api/v1/monitors${path}`, body);
  expect(reply.status).toBe(status);
  expect(reply.body.error.code).toBe(code);
});

test('a viewer reads and does not write', async () => {
  expect((await app.json('GET', '/api/v1/monitors', undefined, viewer)).status).toBe(200);
  expect((await app.json('GET', '/api/v1/alerts', undefined, viewer)).status).toBe(200);
  expect((await app.json('GET', '/api/v1/models/m/signals', undefined, viewer)).status).toBe(200);
  const writes = [
    app.json('POST', '/api/v1/monitors', { model: 'm', kind: 'drift' }, viewer),
    app.json('POST', '/api/v1/channels', { name: 'c', address: 'https://example.com' }, viewer),
    app.json('PATCH', '/api/v1/incidents/x', { status: 'resolved' }, viewer),
  ];
  for (const { status } of await Promise.all(writes)) expect(status).toBe(403);
});

test('a filter that nothing meets gives an empty list, also for a kind that this version does not know', async () => {
  for (const path of [
    'models/m/signals?kind=mood',
    'models/m/signals?kind=mood&kind=drift&column=none',
    'models/m/signals?layer=business',
    'models/m/signals?kind=mood&fold=none',
    'alerts?kind=mood',
    'monitors?kind=mood',
  ]) {
    const { status, body } = await app.json('GET', `/api/v1/${path}`);
    expect([path, status, body.items, body.next_cursor]).toEqual([path, 200, [], null]);
  }
  expect((await app.json('GET', '/api/v1/models/m/signals?fold=none&cursor=x')).status).toBe(400);
});

test('signals of a model that does not exist are not found; a bad time is refused', async () => {
  expect((await app.json('GET', '/api/v1/models/nobody/signals')).status).toBe(404);
  expect((await app.json('GET', '/api/v1/models/m/signals?from=yesterday')).status).toBe(400);
});

test('a channel to a private address is refused, a name is taken once, a removed one is gone', async () => {
  const inside = await app.json('POST', '/api/v1/channels', {
    name: 'a',
    address: 'http://169.254.169.254/x',
  });
  expect(inside).toMatchObject({ status: 422, body: { error: { code: 'private_address' } } });
  const file = await app.json('POST', '/api/v1/channels', { name: 'a', address: 'file:///etc/passwd' });
  expect(file.status).toBe(400);
  const channel = { name: 'a', address: 'https://8.8.8.8/hook' };
  const made = await app.json('POST', '/api/v1/channels', channel);
  expect(made.status).toBe(201);
  expect((await app.json('POST', '/api/v1/channels', channel)).status).toBe(409);
  expect((await app.json('DELETE', `/api/v1/channels/${made.body.id}`)).status).toBe(204);
  expect((await app.json('DELETE', `/api/v1/channels/${made.body.id}`)).status).toBe(404);
  expect((await app.json('GET', '/api/v1/channels')).body.items).toEqual([]);
});

const neverJudges: [string, Record<string, unknown>, RegExp][] = [
  [
    'the score has no drift of a feature',
    { kind: 'drift', options: { columns: ['_score'] } },
    /^drift .*_score/,
  ],
  ['a column that is not there', { kind: 'missing', options: { columns: ['z'] } }, /missing .*no column z/],
  [
    'a column of another type',
    { kind: 'new_category', options: { columns: ['x'] } },
    /new_category .*categorical columns, and x is numeric/,
  ],
  [
    'a reference that is not there',
    { kind: 'drift', options: { reference: 'nope' } },
    /drift .*reference nope/,
  ],
  [
    'an option of other kinds',
    { kind: 'freshness', options: { reference: 'r' } },
    /freshness has no option reference/,
  ],
  [
    'a distance beyond the largest',
    { kind: 'drift', options: { threshold: 5 } },
    /options\.threshold of drift must lie between 0 and 1.*; it is 5$/,
  ],
  [
    'a share below nothing',
    { kind: 'missing', options: { threshold: -1 } },
    /options\.threshold of missing must lie between 0 and 1.*; it is -1$/,
  ],
  [
    'a threshold that is a word',
    { kind: 'latency', options: { threshold: 'abc' } },
    /options\.threshold of latency must be a number; it is abc$/,
  ],
  [
    'as many times as before',
    { kind: 'volume', options: { threshold: 1 } },
    /options\.threshold of volume must be larger than 1.*; it is 1$/,
  ],
  ['a metric of another kind', { kind: 'drift', options: { metric: 'p99' } }, /options\.metric of drift/],
  ['more breaches than buckets', { kind: 'volume', options: { m: 5, n: 2 } }, /options\.m of volume/],
  ['a kind that does not exist', { kind: 'mood' }, /no kind of monitor mood; there are .*drift/],
];
test.each(neverJudges)('a monitor that can never judge is refused: %s', async (_name, wanted, sentence) => {
  const { status, body } = await app.json('POST', '/api/v1/monitors', { model: 'm', ...wanted });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 'invalid_request', message: expect.stringMatching(sentence) });
});

test('a quality metric that the task never has is refused, also when a monitor is changed', async () => {
  await app.json('POST', '/api/v1/models', { id: 'prices', task: 'regression' });
  const wanted = { model: 'prices', kind: 'performance', options: { metric: 'roc_auc' } };
  expect((await app.json('POST', '/api/v1/monitors', wanted)).status).toBe(400);
  await app.json('POST', '/api/v1/models', { id: 'loans', task: 'binary' });
  const points = await app.json('POST', '/api/v1/monitors', {
    ...{ model: 'loans', kind: 'performance', options: { threshold: 19 } },
  });
  expect(points.body.error.message).toMatch(/of AUC and accuracy it is points/);
  const made = await app.json('POST', '/api/v1/monitors', { ...wanted, options: { metric: 'mae' } });
  expect(made.status).toBe(201);
  const changed = await app.json('PATCH', `/api/v1/monitors/${made.body.id}`, { options: wanted.options });
  expect(changed.body.error.message).toMatch(/prices is a regression model/);
  expect((await app.json('PATCH', `/api/v1/monitors/${made.body.id}`, { enabled: false })).status).toBe(200);
});

test('kinds say what they measure, and the schema of their options', async () => {
  const { items } = (await app.json('GET', '/api/v1/kinds', undefined, viewer)).body;
  const [first] = items;
  expect(first).toMatchObject({ role: 'effect', harm: 'quality', layer: 'model', per_column: false });
  for (const { id, options, metrics } of items) {
    expect(Object.keys(options.properties), id).toContain('threshold');
    expect(metrics.length, id).toBeGreaterThan(0);
  }
});
