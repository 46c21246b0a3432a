import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  [{ columns: { amount: { type: 'boolean' } } }, 'amount is numeric and stored as numbers'],
  [{ columns: { country: { type: 'numeric' } } }, 'country is categorical and stored as text'],
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

describe('numbers that stand for categories', () => {
  const zones = '/api/v1/models/zones';
  /** A day: zones 1 to 3, and 7 in place of 3 from the seventh day on. */
  const day = (d: number) =>
    Array.from({ length: 24 * 30 }, (_, i) => ({
      model: 'zones',
      id: `z${d}-${i}`,
      time: START + d * DAY + i * (HOUR / 30),
      features: { zone: [1, 2, d < 6 ? 3 : 7][i % 3], size: (i * 7919) % 997 },
      prediction: i % 2 === 0 ? 'yes' : 'no',
    }));
  const settle = async () => {
    now += 20_000;
    await tilt.app.runJob('models');
    await tilt.app.runJob('models');
    await tilt.app.runJob('incidents');
  };
  const take = async (type: string) => {
    const change = { columns: { zone: { type } } };
    const effects = await tilt.json('POST', `${zones}/effects`, change);
    expect((await tilt.json('PATCH', zones, change)).status).toBe(200);
    await settle();
    return effects.body.items[0] as { sentence: string; seconds: number | null };
  };
  const send = async (d: number) => {
    now = Math.max(now, START + (d + 1) * DAY);
    await tilt.json('POST', '/api/v1/predictions', day(d));
    await settle();
  };
  const firing = async () => {
    const { items } = await get('/api/v1/alerts?model=zones&state=firing&column=zone');
    return (items as { kind: string }[]).map(({ kind }) => kind).sort();
  };
  const distribution = (reference = '') =>
    get(`${zones}/columns/zone/distribution?from=${START}&to=${START + 8 * DAY}${reference}`);

  beforeAll(async () => {
    for (let d = 0; d < 8; d++) await tilt.json('POST', '/api/v1/predictions', day(d));
    await settle();
    const csv = ['zone,size', ...day(0).map(({ features: { zone, size } }) => `${zone},${size}`)].join('\n');
    const sent = await fetch(`${tilt.address}${zones}/references/file?name=training`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tilt.adminKey}`, 'content-type': 'text/csv' },
      body: csv,
    });
    expect(sent.status).toBe(201);
  });

  test('are counted and judged as such, from the first day on', async () => {
    expect(await firing()).toContain('range');
    const effect = await take('categorical');
    expect(effect).toMatchObject({
      seconds: 1,
      sentence: expect.stringContaining('counted anew as categories'),
    });
    const { items } = await get(`${zones}/columns`);
    expect(items[0]).toMatchObject({ name: 'zone', type: 'categorical', stored_as: 'number' });
    expect(await firing()).toEqual(['drift']);
    await send(8);
    expect(await firing()).toEqual(['drift', 'new_category']);
    const incidents = (await get('/api/v1/incidents?model=zones&status=open')).items;
    const alerts = incidents.flatMap(
      (incident: { alerts: { kind: string; state: string }[] }) => incident.alerts,
    );
    expect(alerts.find(({ kind }: { kind: string }) => kind === 'range')?.state).toBe('resolved');
    for (const reference of ['', '&reference=training']) {
      const found = await distribution(reference);
      expect(found).toMatchObject({ type: 'categorical', new_values: [{ value: '7', n: 480 }] });
      expect(found.bins.slice(0, 3).map(({ label }: { label: string }) => label)).toEqual(['1', '2', '3']);
      expect(found.moments.reference.mean).toBeNull();
    }
    const signals = await get(`${zones}/signals?kind=new_category&column=zone&fold=none`);
    expect(signals.items[0].points.length).toBeGreaterThan(7 * 24 - 2);
  });

  test('are shown and searched as people write them', async () => {
    const { items } = await get(`${zones}/columns?from=${START}&to=${START + 8 * DAY}`);
    const zone = items.find(({ name }: { name: string }) => name === 'zone');
    expect(zone.top.map(({ value }: { value: string }) => value)).toEqual(['1', '2', '3', '7']);
    const search = (where: string) => get(`${zones}/predictions?where=${where}&limit=1`);
    for (const where of ['zone:eq:7', 'zone:contains:7', 'zone:eq:7.0', 'zone:gt:6']) {
      const { items: found } = await search(where);
      expect(found[0].features.zone).toBe(7);
    }
    const sorted = await get(`${zones}/predictions?sort=zone:asc&limit=2`);
    expect(sorted.items[0].features.zone).toBe(1);
    expect(
      (await get(`${zones}/predictions?sort=zone:asc&limit=2&cursor=${sorted.next_cursor}`)).items,
    ).toHaveLength(2);
  });

  test('are numbers again when people say so', async () => {
    await take('numeric');
    expect(await firing()).not.toContain('new_category');
    await send(9);
    expect(await firing()).toContain('range');
    expect(await distribution()).toMatchObject({ type: 'numeric', new_values: [] });
    expect(await distribution('&reference=training')).toMatchObject({
      type: 'numeric',
      moments: { reference: { mean: 2 } },
    });
  });
});
