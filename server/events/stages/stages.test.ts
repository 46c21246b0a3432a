import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString();

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
  await tilt.json('POST', '/api/v1/models', { id: 'churn', task: 'binary' });
  await tilt.json('POST', '/api/v1/models', { id: 'other', task: 'binary' });
});
afterAll(() => tilt.stop());

const record = (minutes: number, own: object = {}) => ({
  model: 'churn',
  stage: 'features',
  time: ago(minutes),
  ...own,
});
const find = async (query: string) => {
  const { body } = await tilt.json('GET', `/api/v1/models/churn/stages?${query}`);
  return body.items;
};

test('records are stored, found by what they have, and refused alone', async () => {
  const { status, body } = await tilt.json('POST', '/api/v1/stages', [
    record(50, { message: 'joined 17 rows of orders', duration_ms: 40, rows: 17, version: '1.2' }),
    record(40, { message: 'joined 23 rows of orders', duration_ms: 60, rows: 23, request_id: 'r-1' }),
    record(30, {
      stage: 'inference',
      level: 'error',
      message: 'Feature store is late',
      trace_id: 'ab'.repeat(16),
      attributes: { shard: 7, slow: true, host: 'a' },
    }),
    record(20, { model: 'other', message: 'of the other' }),
    record(20, { stage: 'lunch' }),
    record(20, { level: 'loud' }),
    record(20, { attributes: { nested: { a: 1 } } }),
    { model: 'churn', stage: 'features', time: '1970-01-01T00:00:00Z' },
    { stage: 'features', message: 'of nobody' },
  ]);
  expect(status).toBe(200);
  expect(body).toMatchObject({ received: 9, stored: 4, rejected_total: 5 });
  expect(body.rejected.map(({ index, code }: { index: number; code: string }) => [index, code])).toEqual([
    [4, 'invalid_field'],
    [5, 'invalid_field'],
    [6, 'invalid_field'],
    [7, 'invalid_time'],
    [8, 'missing_field'],
  ]);
  expect(await find('level=warn')).toEqual([
    {
      id: expect.any(String),
      time: ago(30),
      stage: 'inference',
      level: 'error',
      message: 'Feature store is late',
      version: null,
      request_id: null,
      trace_id: 'ab'.repeat(16),
      duration_ms: null,
      rows: null,
      attributes: { shard: '7', slow: 'true', host: 'a' },
    },
  ]);
  expect(await find('request_id=r-1')).toMatchObject([{ rows: 23, duration_ms: 60 }]);
  expect(await find('q=feature+STORE')).toHaveLength(1);
  expect(await find('stage=features')).toHaveLength(2);
  const first = await tilt.json('GET', '/api/v1/models/churn/stages?limit=2');
  expect(first.body.items).toMatchObject([{ stage: 'inference' }, { request_id: 'r-1' }]);
  const next = await find(`limit=2&cursor=${encodeURIComponent(first.body.next_cursor)}`);
  expect(next).toMatchObject([{ version: '1.2' }]);
});

test('a summary says how much, how fast, how fresh each stage is', async () => {
  const { body } = await tilt.json('GET', '/api/v1/models/churn/stages/summary');
  expect(body).toMatchObject({
    items: [
      {
        stage: 'features',
        ...{ records: 2, errors: 0, rows: 40, age_ms: 40 * MINUTE, last: ago(40) },
        duration: { n: 2, p50: expect.any(Number), p95: expect.any(Number) },
      },
      { stage: 'inference', records: 1, errors: 1, rows: null, duration: null },
    ],
  });
  const { points } = body.items[0];
  expect(points.reduce((sum: number, { records }: { records: number }) => sum + records, 0)).toBe(2);
});

test('patterns: what lines have in common, and what is new since a moment', async () => {
  await tilt.json('POST', '/api/v1/stages', [
    ...Array.from({ length: 30 }, (_, i) => record(600 - i, { message: `joined ${i} rows of orders` })),
    record(9, { message: 'joined 5 rows of labels' }),
    ...Array.from({ length: 3 }, (_, i) =>
      record(8 - i, { level: 'warn', message: `cannot reach 10.0.0.${i}: timed out` }),
    ),
  ]);
  const { body } = await tilt.json('GET', `/api/v1/models/churn/stages/patterns?since=${ago(10)}`);
  expect(body).toMatchObject({ records: 37, complete: true, since: ago(10) });
  expect(body.items).toMatchObject([
    { template: 'cannot reach <*>: timed out', count: 3, new: true, level: 'warn', first: ago(8) },
    { template: 'joined <*> rows of <*>', count: 33, new: false, stages: ['features'] },
    { template: 'Feature store is late', count: 1, new: false, level: 'error' },
  ]);
  const [, joined] = body.items;
  expect(joined.counts.reduce((sum: number, n: number) => sum + n, 0)).toBe(33);
  const plain = await tilt.json('GET', '/api/v1/models/churn/stages/patterns?stage=inference');
  expect(plain.body.items).toMatchObject([{ new: null, count: 1 }]);
});

test('the bulk API of Elasticsearch: documents of shippers, each answered by itself', async () => {
  const lines = [
    { index: { _index: 'ml-inference-2026.03.10' } },
    {
      '@timestamp': ago(5),
      log: 'scored 12 rows\n',
      severity: 'WARNING',
      model: 'other',
      kubernetes: { pod: 'a-1', labels: { app: 'x' } },
      latency_ms: '12.5',
    },
    { create: { _id: '7' } },
    { timestamp: NOW / 1000 - 60, message: 'in seconds', stage: 'Features', tags: ['a', 'b'] },
    { delete: { _id: '7' } },
    { create: {} },
    { message: 'of no stage' },
    { create: {} },
  ];
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const reply = await fetch(`${tilt.address}/api/v1/elasticsearch/_bulk?model=other`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      authorization: `Basic ${Buffer.from(`shipper:${tilt.adminKey}`).toString('base64')}`,
    },
    body: gzipSync(`${text}\n`),
  });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('x-elastic-product')).toBe('Elasticsearch');
  expect(await reply.json()).toMatchObject({
    errors: true,
    items: [
      { index: { _index: 'ml-inference-2026.03.10', status: 201 } },
      { create: { _id: '7', status: 201 } },
      { delete: { status: 422, error: { type: 'invalid_event' } } },
      { create: { status: 422, error: { type: 'missing_field', reason: 'stage is missing' } } },
      { create: { status: 422, error: { type: 'invalid_event' } } },
    ],
  });
  const { body } = await tilt.json('GET', '/api/v1/models/other/stages?limit=2');
  expect(body.items).toMatchObject([
    { time: ago(1), stage: 'features', message: 'in seconds', attributes: { tags: '["a","b"]' } },
    {
      ...{ time: ago(5), stage: 'inference', level: 'warn', message: 'scored 12 rows', duration_ms: 12.5 },
      attributes: { 'kubernetes.pod': 'a-1', 'kubernetes.labels.app': 'x' },
    },
  ]);
});

test('shippers that ask first are answered', async () => {
  for (const path of ['', '/_license', '/_cluster/health'])
    expect(await tilt.json('GET', `/api/v1/elasticsearch${path}`)).toMatchObject({ status: 200 });
  expect(await tilt.json('POST', '/api/v1/elasticsearch/features/_bulk', '')).toMatchObject({
    status: 400,
    body: { error: { type: 'empty_body' }, status: 400 },
  });
});

test('rules for what is stored of a model hold for its records, too', async () => {
  await tilt.json('POST', '/api/v1/models', {
    id: 'guarded',
    task: 'binary',
    privacy: [
      { columns: '_message', action: 'drop' },
      { columns: 'customer', action: 'drop' },
    ],
  });
  const sent = {
    model: 'guarded',
    stage: 'ingestion',
    message: 'of Ada',
    attributes: { customer: 'Ada', shard: 1 },
  };
  expect(await tilt.json('POST', '/api/v1/stages', sent)).toMatchObject({ body: { stored: 1 } });
  const { body } = await tilt.json('GET', '/api/v1/models/guarded/stages');
  expect(body.items).toMatchObject([{ message: '', attributes: { shard: '1' } }]);
  expect(JSON.stringify(body)).not.toContain('Ada');
});
