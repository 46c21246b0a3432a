import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1, 10);
let now = START + 5 * 60_000;
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
});
afterAll(() => app.stop());

const get = async (path: string, key?: string) =>
  (await app.json('GET', `/api/v1${path}`, undefined, key)).body;
const stateOf = (setup: { steps: { id: string; state: string }[] }, id: string) =>
  setup.steps.find((step) => step.id === id)?.state;

/** What runs by itself, with time for the newest rows to settle. */
async function roll(): Promise<void> {
  now += 20_000;
  await app.app.runJob('models');
}

test('from the first predictions on there is traffic and a list of columns, before any bucket closes', async () => {
  const sent = [
    {
      model: 'fresh',
      id: 'a',
      features: { age: 41, country: 'FR', note: null },
      prediction: 'approve',
      score: 0.8,
    },
    { model: 'fresh', id: 'b', features: { age: 29, country: 'DE' }, prediction: 'deny', score: 0.3 },
  ];
  expect((await app.json('POST', '/api/v1/predictions', sent)).body).toMatchObject({ stored: 2 });
  await roll();
  const traffic = await get('/models/fresh/traffic');
  expect(traffic).toMatchObject({ step_ms: HOUR, filling: '2026-03-01T10:00:00.000Z' });
  expect(traffic.points).toEqual([{ time: '2026-03-01T10:00:00.000Z', n: 2 }]);

  const columns = await get('/models/fresh/columns');
  const byName = new Map(columns.items.map((column: { name: string }) => [column.name, column]));
  expect(byName.get('age')).toMatchObject({
    ...{ type: 'numeric', role: 'feature', last_seen: '2026-03-01T10:00:00.000Z' },
    held: { n: 2, missing: 0, min: 29, max: 41, mean: 35 },
  });
  expect(byName.get('country')).toMatchObject({
    top: [
      { value: 'DE', n: 1 },
      { value: 'FR', n: 1 },
    ],
  });
  expect(byName.get('_score')).toMatchObject({ role: 'score', type: 'numeric' });
  expect(byName.get('_prediction')).toMatchObject({ role: 'prediction' });
  // What is not sent is told as that, not as if nothing had come.
  expect((await get('/models/fresh/versions')).items).toMatchObject([
    { n: 2, latency_p95: { value: null, status: 'no_latencies' } },
  ]);
});

test('values of columns that nobody called safe are for those who may change the model', async () => {
  const reader = await app.json('POST', '/api/v1/keys', { name: 'reader', scopes: ['read'] });
  const secret = reader.body.secret as string;
  const topOf = async () =>
    (await get('/models/fresh/columns', secret)).items.find(
      ({ name }: { name: string }) => name === 'country',
    ).top;
  expect(await topOf()).toBeNull();
  await app.json('PATCH', '/api/v1/models/fresh', { columns: { country: { safe: true } } });
  expect(await topOf()).toHaveLength(2);
});

test('the checklist says what is missing, how far it is, and what it would give', async () => {
  const setup = await get('/models/fresh/setup');
  expect(setup).toMatchObject({ model: 'fresh', done: 1 });
  const sentences = Object.fromEntries(
    setup.steps.map(({ id, sentence }: { id: string; sentence: string }) => [id, sentence]),
  );
  expect(sentences.judgement).toMatch(/^The first hour ends in 5\d min and is judged 6 min later/);
  expect(setup.steps.find(({ id }: { id: string }) => id === 'reference').progress).toEqual({
    ...{ done: 2, of: 1_000, unit: 'predictions' },
  });
  expect(sentences.labels).toMatch(/^No label has come/);
  expect((await get('/models')).items[0].setup).toMatchObject({ done: 1 });
  // Two predictions are no reason to call anything well.
  expect((await get('/models/fresh')).layers).toMatchObject({ data: 'no_data', model: 'no_data' });
});

test('labels that find no prediction, and predictions without an answer, are told as that', async () => {
  await app.json(
    'POST',
    '/api/v1/labels',
    Array.from({ length: 30 }, (_, i) => ({ model: 'fresh', id: `other-${i}`, label: 'approve' })),
  );
  await roll();
  const lost = await get('/models/fresh/setup');
  expect(stateOf(lost, 'labels')).toBe('wrong');
  expect(JSON.stringify(lost)).toContain('0 of 30 labels found their prediction');

  const rows = Array.from({ length: 30 }, (_, i) => ({
    model: 'mute',
    id: `m${i}`,
    features: { age: 20 + i },
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  await app.json(
    'POST',
    '/api/v1/labels',
    rows.map(({ id }) => ({ model: 'mute', id, label: 'approve' })),
  );
  await roll();
  await roll();
  const mute = await get('/models/mute/setup');
  expect(stateOf(mute, 'labels')).toBe('wrong');
  expect(JSON.stringify(mute)).toContain('30 labels wait for a prediction field');
});

test('a table that was sent without its times is told as that', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    model: 'late',
    features: { age: i },
    prediction: i,
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  await roll();
  const setup = await get('/models/late/setup');
  expect(stateOf(setup, 'predictions')).toBe('wrong');
  expect(JSON.stringify(setup)).toContain('The time of predictions is missing: 200 of 200');
});

test('what is read is bounded, also where a range is not', async () => {
  const { status, body } = await app.json('GET', '/api/v1/models/fresh/columns?from=2000-01-01T00:00:00Z');
  expect(status).toBe(200);
  expect(Date.parse(body.from)).toBeGreaterThan(Date.UTC(2015, 0));
  expect((await app.json('GET', '/api/v1/models/nobody/setup')).status).toBe(404);
  const long = await get('/models/fresh/traffic?from=2000-01-01T00:00:00Z&to=2026-03-02T00:00:00Z');
  expect(long.points.length).toBeLessThan(402);
});

test('a class that is a number is the same class as its text, whichever of table and service says it how', async () => {
  const table = Array.from({ length: 100 }, (_, i) => JSON.stringify({ age: i, prediction: i % 2 })).join(
    '\n',
  );
  const model = 'zero-or-one';
  await app.json('POST', '/api/v1/models', { id: model, task: 'binary' });
  const added = await fetch(`${app.address}/api/v1/models/${model}/references/file?name=table`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/x-ndjson' },
    body: table,
  });
  expect(added.status).toBe(201);
  const sent = Array.from({ length: 100 }, (_, i) => ({
    ...{ model, id: `p${i}`, time: now, features: { age: i } },
    prediction: i < 50 ? String(i % 2) : i % 2,
  }));
  expect((await app.json('POST', '/api/v1/predictions', sent)).body).toMatchObject({ stored: 100 });
  await roll();
  const { moments, bins } = await get(`/models/${model}/columns/_prediction/distribution`);
  expect(moments.current).toMatchObject({ n: 100, invalid: 0, mean: 0.5 });
  expect(bins.slice(0, 2)).toMatchObject([{ current: 50 }, { current: 50 }]);
});
