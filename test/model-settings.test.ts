import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 4, 4);
let now = START + 9 * DAY;
let tilt: TestApp;
const get = async (path: string) => (await tilt.json('GET', path)).body;
const patch = (body: unknown) => tilt.json('PATCH', '/api/v1/models/m', body);

/** An hour of 100 predictions: every order and note is new, amounts shift from the seventh day on. */
const hour = (h: number) =>
  Array.from({ length: 100 }, (_, i) => {
    const k = h * 100 + i;
    return {
      model: 'm',
      id: `p${k}`,
      time: START + h * HOUR + i * 1000,
      features: {
        order: `A-${k * 7919}-x`,
        note: `customer ${k} asked again for a loan`,
        amount: ((k * 7919) % 997) / 3 + (h >= 7 * 24 ? 200 : 0),
        country: ['de', 'at', 'fr'][k % 3],
      },
      prediction: k % 2 === 0 ? 'yes' : 'no',
    };
  });

beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
  for (let h = 0; h < 8 * 24; h++) await tilt.json('POST', '/api/v1/predictions', hour(h));
  for (let i = 0; i < 3; i++) {
    now += 20_000;
    await tilt.app.runJob('models');
  }
  await tilt.app.runJob('incidents');
});
afterAll(() => tilt.stop());

test('identifiers and texts are recognised, said so, and not watched as categories', async () => {
  const { items } = await get('/api/v1/models/m/columns');
  expect(items.map(({ name, type, stored_as }: Record<string, string>) => [name, type, stored_as])).toEqual([
    ['order', 'identifier', 'text'],
    ['note', 'text', 'text'],
    ['amount', 'numeric', 'number'],
    ['country', 'categorical', 'text'],
    ['_prediction', 'categorical', 'text'],
  ]);
  expect(items[0].recognised).toMatch(/^100 % of \d,\d{3} values differ$/);
  expect(items[2].recognised).toBeNull();
  const alerts = (await get('/api/v1/alerts?model=m&limit=1000')).items as { column: string; kind: string }[];
  const kinds = (column: string) =>
    [...new Set(alerts.filter((alert) => alert.column === column).map(({ kind }) => kind))].sort();
  expect(kinds('order')).toEqual(['invalid', 'missing']);
  expect(kinds('note')).toEqual(['invalid', 'missing']);
  expect(kinds('country')).toEqual(['drift', 'invalid', 'missing', 'new_category']);
});

test('a column that is ignored fires no more, and is watched again when people say so', async () => {
  const firing = async () =>
    ((await get('/api/v1/alerts?model=m&state=firing&column=amount')).items as { kind: string }[]).map(
      ({ kind }) => kind,
    );
  expect(await firing()).toContain('drift');
  const ignored = await patch({ columns: { amount: { type: 'ignored' } } });
  expect(ignored.status).toBe(200);
  expect(await firing()).toEqual([]);
  await tilt.app.runJob('incidents');
  now += 1000;
  await tilt.json('POST', '/api/v1/predictions', hour(8 * 24));
  await tilt.json('POST', '/api/v1/predictions', hour(8 * 24 + 1));
  now += 20_000;
  await tilt.app.runJob('models');
  expect(await firing()).toEqual([]);
  // Its values are stored as before.
  expect((await get(`/api/v1/models/m/predictions/p${8 * 24 * 100}`)).features.amount).toBeGreaterThan(0);
  await patch({ columns: { amount: { type: 'numeric' }, order: { type: 'categorical' } } });
  const { items } = await get('/api/v1/models/m/columns');
  expect(items[2]).toMatchObject({ type: 'numeric' });
  // What people said stays, whatever the values look like.
  await tilt.app.runJob('models');
  expect((await get('/api/v1/models/m/columns')).items[0]).toMatchObject({
    type: 'categorical',
    recognised: null,
  });
  await patch({ columns: { order: { type: 'identifier' } } });
});

test('settings are stored, shown and audited; a model keeps its id when it gets a name', async () => {
  const runbook = 'https://wiki.example.org/m';
  const changed = await patch({ name: 'Loans', owner: 'risk', tags: ['eu'], runbook, label_delay_ms: HOUR });
  expect(changed.body).toMatchObject({ id: 'm', name: 'Loans', owner: 'risk', tags: ['eu'], runbook });
  expect((await get('/api/v1/models')).items[0]).toMatchObject({ id: 'm', name: 'Loans' });
  expect((await patch({ name: null })).body).toMatchObject({ id: 'm', name: 'm' });
  const { items } = await get('/api/v1/audit');
  expect(items[1]).toMatchObject({ action: 'model.change', target: 'm', detail: { name: 'Loans', runbook } });
});

test.each([
  [{ bucket_ms: 5 }, 'bucket_ms: must be at least a minute'],
  [{ window_ms: 60_000 }, 'the window (1 minute) must not be shorter than a bucket (1 hour)'],
  [{ importance: { nobody: 1 } }, 'm has no column nobody'],
  [{ columns: { amount: { type: 'categorical' } } }, 'amount is numeric and stored as numbers'],
  [{ tags: ['x'.repeat(65)] }, 'a tag must have at most 64 characters'],
])('%j is refused in a sentence', async (change, sentence) => {
  const { status, body } = await patch(change);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(JSON.stringify(body.error)).toContain(sentence);
});

test('two models cannot be called the same', async () => {
  await tilt.json('POST', '/api/v1/models', { id: 'other' });
  expect((await patch({ name: 'other' })).body.error.code).toBe('conflict');
});

test('what a change does is said before it is done', async () => {
  const change = { bucket_ms: 2 * HOUR, owner: 'x', columns: { note: { type: 'ignored' } } };
  const { body } = await tilt.json('POST', '/api/v1/models/m/effects', change);
  expect(body.items.map(({ field }: { field: string }) => field)).toEqual(['bucket_ms', 'columns.note']);
  expect(body.items[0]).toMatchObject({ seconds: 1, sentence: expect.stringContaining('2 hours') });
  expect(body.items[1].seconds).toBeNull();
});

test('a monitor is tried on what has happened before it is made', async () => {
  const tried = async (options: Record<string, unknown>, kind = 'drift') =>
    (await tilt.json('POST', '/api/v1/monitors/preview', { model: 'm', kind, options })).body;
  const before = await get('/api/v1/monitors?model=m');
  const usual = await tried({ columns: ['amount'] });
  expect(usual).toMatchObject({ fired: 1, series: 1, series_fired: 1, firing_now: 1 });
  expect(usual.sentence).toMatch(/^It would have fired once in the last 8 days$/);
  expect(usual.episodes[0]).toMatchObject({ column: 'amount', to: null });
  const deaf = await tried({ columns: ['amount'], threshold: 0.99 });
  expect(deaf).toMatchObject({ fired: 0, sentence: 'It would not have fired in the last 8 days' });
  expect((await tried({}, 'performance')).sentence).toBe('There is nothing to hold it against yet');
  expect((await tried({ threshold: 7 })).error.code).toBe('invalid_request');
  expect(await get('/api/v1/monitors?model=m')).toEqual(before);
});

test('refused events are grouped by reason, and deleted by filter', async () => {
  const bad = Array.from({ length: 5 }, () => ({ model: 'm', predicton: 1 }));
  await tilt.json('POST', '/api/v1/predictions', [...bad, { model: 'm', prediction: 1, score: 'x' }]);
  const { items, total } = await get('/api/v1/rejects/reasons');
  expect(total).toBe(2);
  expect(items[0]).toMatchObject({
    kind: 'predictions',
    model: 'm',
    code: 'unknown_field',
    n: 5,
    waiting: 5,
  });
  expect(items).toHaveLength(2);
  const filter = { model: 'm', code: 'unknown_field' };
  expect((await tilt.json('POST', '/api/v1/rejects/delete', { filter })).status).toBe(204);
  const left = (await get('/api/v1/rejects')).items;
  expect(left.map(({ code }: { code: string }) => code)).toEqual(['invalid_field']);
});
