import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
});
afterAll(() => tilt.stop());

const stored = { received: 1, stored: 1, duplicates: 0, rejected: [], rejected_total: 0 };

test('a prediction is stored, its model made, and it is read back with its label', async () => {
  const sent = {
    model: 'credit-risk',
    version: '7',
    id: 'a1',
    time: '2026-01-02T03:04:05.678Z',
    features: { age: 41, country: 'FR', known: true, income: null },
    prediction: 'approve',
    score: 0.83,
    probabilities: { approve: 0.83, deny: 0.17 },
    latency_ms: 12.3,
    error: null,
    trace_id: 't',
    request_id: 'r',
    variant: 'champion',
    attributions: { age: 0.12 },
    tags: { region: 'eu' },
  };
  const label = await tilt.json('POST', '/api/v1/labels', {
    model: 'credit-risk',
    id: 'a1',
    label: 'deny',
    time: sent.time,
  });
  expect(label.body).toEqual({
    ...stored,
    warnings: [expect.stringMatching(/^no model called credit-risk has predictions yet/)],
  });
  const first = await tilt.json('POST', '/api/v1/predictions', sent);
  expect(first).toMatchObject({ status: 200, body: stored });
  const again = await tilt.json('POST', '/api/v1/predictions', [sent, sent, { ...sent, id: 'a2' }]);
  expect(again.body).toMatchObject({ received: 3, stored: 1, duplicates: 2 });

  const record = await tilt.json('GET', '/api/v1/models/credit-risk/predictions/a1');
  const { model, version, time, prediction, score, probabilities, latency_ms, variant, attributions, tags } =
    sent;
  expect(record.body).toMatchObject({
    ...{
      id: 'a1',
      model,
      version,
      time,
      prediction,
      score,
      probabilities,
      latency_ms,
      variant,
      attributions,
      tags,
    },
    features: { age: 41, country: 'FR', known: true },
    misfit: {},
    trace_id: 't',
    request_id: 'r',
    label: { value: 'deny', time: sent.time, source: '' },
  });
  await tilt.app.runJob('models');
  const models = await tilt.json('GET', '/api/v1/models');
  expect(models.body.items).toHaveLength(1);
  expect(models.body.items[0]).toMatchObject({ id: 'credit-risk', predictions: 2, labels: 1 });
});

test('search by condition and page by page', async () => {
  const rows = Array.from({ length: 25 }, (_, i) => ({
    model: 'search',
    id: `s${i}`,
    time: 1_750_000_000_000 + Math.floor(i / 2) * 1000,
    features: { amount: i, kind: i % 2 === 0 ? 'even' : 'odd', 'odd name (cm)': i === 3 ? 'x' : i },
    prediction: i / 10,
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  const path = '/api/v1/models/search/predictions';
  const ids: string[] = [];
  let cursor = '';
  do {
    const page = await tilt.json('GET', `${path}?limit=7${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.body.items.map((item: { id: string }) => item.id));
    cursor = page.body.next_cursor ?? '';
  } while (cursor);
  expect(ids).toHaveLength(25);
  expect(new Set(ids).size).toBe(25);
  expect(ids[0]).toBe('s24');
  const count = async (query: string) => (await tilt.json('GET', `${path}?${query}`)).body.items.length;
  expect(await count('where=amount:gte:20')).toBe(5);
  expect(await count('where=amount:gte:20&where=kind:eq:odd')).toBe(2);
  expect(await count('where=kind:contains:EV')).toBe(13);
  expect(await count('where=_prediction:lt:0.35')).toBe(4);
  expect(await count('where=_score:missing')).toBe(25);
  expect(await count('where=odd%20name%20(cm):invalid')).toBe(1);
  expect(await count('where=odd%20name%20(cm):missing')).toBe(0);
  expect(await count('from=1750000005000&to=1750000007000')).toBe(4);
  for (const bad of ['where=nope:eq:1', 'where=amount', 'where=amount:eq:x', 'where=kind:eq', 'cursor=xx']) {
    expect((await tilt.json('GET', `${path}?${bad}`)).body.error.code).toBe('invalid_request');
  }
  expect((await tilt.json('GET', '/api/v1/models/none/predictions')).status).toBe(404);
});

test('changes and outcomes', async () => {
  const change = {
    kind: 'deploy',
    title: 'v2',
    model: 'search',
    time: '2026-02-01T00:00:00Z',
    url: 'https://x.org/1',
  };
  expect(
    (await tilt.json('POST', '/api/v1/changes', [change, { ...change, model: undefined }])).body.stored,
  ).toBe(2);
  const list = await tilt.json('GET', '/api/v1/changes?model=search');
  expect(list.body.items).toHaveLength(2);
  expect(list.body.items.find((item: { model: string }) => item.model)).toMatchObject({
    ...{
      kind: 'deploy',
      title: 'v2',
      version: null,
      url: 'https://x.org/1',
      time: '2026-02-01T00:00:00.000Z',
    },
  });
  const outcome = { model: 'search', metric: 'revenue', value: 12.5, id: 's1' };
  expect((await tilt.json('POST', '/api/v1/outcomes', outcome)).body).toEqual(stored);
});

test('rejects are kept with the reason and can be replayed', async () => {
  await tilt.json('POST', '/api/v1/models', { id: 'repair', columns: { zip: { type: 'categorical' } } });
  const late = await startTestApp({ autoCreateModels: false });
  try {
    const event = { model: 'later', id: 'x1', features: { a: 1 } };
    const refused = await late.json('POST', '/api/v1/predictions', [event, { model: 'later' }]);
    expect(refused.status).toBe(422);
    expect(refused.body.rejected.map((row: { code: string }) => row.code)).toEqual([
      'unknown_model',
      'missing_field',
    ]);
    expect((await late.json('POST', '/api/v1/models', { id: 'later' })).status).toBe(201);
    const rejects = await late.json('GET', '/api/v1/rejects?code=unknown_model');
    expect(rejects.body.items).toMatchObject([
      { kind: 'predictions', model: 'later', raw: JSON.stringify(event) },
    ]);
    const replay = await late.json('POST', '/api/v1/rejects/replay', { filter: { model: 'later' } });
    expect(replay.body).toMatchObject({ received: 2, stored: 1, rejected_total: 1 });
    const after = await late.json('GET', '/api/v1/rejects?replayed=false');
    expect(after.body.items).toHaveLength(1);
    const again = await late.json('POST', '/api/v1/rejects/replay', { ids: [rejects.body.items[0].id] });
    expect(again.body.received).toBe(0);
    expect((await late.json('GET', '/api/v1/models/later/predictions')).body.items).toHaveLength(1);
  } finally {
    await late.stop();
  }
});

test('a label of another type does not take the place of a good one: it is refused, counted and kept', async () => {
  await tilt.json('POST', '/api/v1/models', { id: 'prices', task: 'regression' });
  const label = (value: unknown) =>
    tilt.json('POST', '/api/v1/labels', { model: 'prices', id: 'a', label: value });
  expect(await label(12.5)).toMatchObject({ status: 200, body: { stored: 1 } });
  expect(await label('n/a')).toMatchObject({ status: 422, body: { error: { code: 'label_type_mismatch' } } });
  const rows = await tilt.app.ctx.lake.query(
    'SELECT label FROM tiltmeter.labels FINAL WHERE model = {m:String}',
    { m: 'prices' },
  );
  expect(rows).toEqual([{ label: '12.5' }]);
  const { body } = await tilt.json('GET', '/api/v1/rejects?code=label_type_mismatch');
  expect(body.items).toHaveLength(1);
});
