import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SubjectSummary } from '../contract/subject.ts';
import { SUBJECT_COUNTS } from '../contract/subject-counts.ts';
import { startTestApp, type TestApp } from './app.ts';
import { placesOf } from './stored-text.ts';

const START = Date.parse('2026-03-01T10:00:00Z');
/** What only the erased prediction has. */
const PERSON = 'zqperson';
const TRACE = 'a'.repeat(32);

let now = START;
let tilt: TestApp;
const endpoint = createServer((request, reply) => {
  request.resume();
  reply.end(JSON.stringify({ predictions: ['yes'] }));
});
beforeAll(async () => {
  endpoint.listen(0, '127.0.0.1');
  tilt = await startTestApp({ clock: () => now, allowPrivateAddresses: true });
});
afterAll(async () => {
  await tilt.stop();
  endpoint.close();
});

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const resource = (model: string) => ({
  attributes: [text('service.name', 'scorer'), text('tiltmeter.model', model)],
});

/** A span and a log record of a trace of their own, with these attributes. */
async function sendTelemetry(model: string, attributes: object[], traceId: string, at = now) {
  const time = `${at}000000`;
  const span = { traceId, spanId: 'b'.repeat(16), name: 's', startTimeUnixNano: time, endTimeUnixNano: time };
  const scopeSpans = [{ spans: [{ ...span, attributes }] }];
  await tilt.json('POST', '/v1/traces', { resourceSpans: [{ resource: resource(model), scopeSpans }] });
  const record = { traceId, timeUnixNano: time, body: { stringValue: `line of ${traceId}` }, attributes };
  const scopeLogs = [{ logRecords: [record] }];
  await tilt.json('POST', '/v1/logs', { resourceLogs: [{ resource: resource(model), scopeLogs }] });
}

/** All that is stored of a person, and of another beside: what each of them has is told by its number. */
async function fill(model: string) {
  const event = (id: string, customer: string, more: object = {}) => ({
    ...{ model, id, time: now - 3_600_000, features: { customer, city: 'Bonn', n: 7 }, prediction: 'yes' },
    ...{ tags: { account: `${customer}-account` }, request_id: `${customer}-request`, ...more },
  });
  await tilt.json('POST', '/api/v1/predictions', [
    event(`${PERSON}-id`, PERSON, { trace_id: TRACE }),
    ...Array.from({ length: 20 }, (_, i) => event(`o${i}`, `other${i}`)),
  ]);
  const labels = [`${PERSON}-id`, 'o1'].map((id) => ({ model, id, label: 'no' }));
  await tilt.json('POST', '/api/v1/labels', labels);
  await tilt.json('POST', '/api/v1/outcomes', [{ model, metric: 'sold', value: 3, id: `${PERSON}-id` }]);
  await tilt.json('POST', '/api/v1/labels', [{ model, id: `${PERSON}-id`, oops: 1 }]);
  await tilt.json(
    'POST',
    '/api/v1/stages',
    [`${PERSON}-id`, `${PERSON}-request`, 'o1'].map((request_id) => ({
      ...{ model, stage: 'features', time: now - 3_600_000, message: 'read', request_id },
    })),
  );
  const fresh = (n: number) => n.toString(16).padStart(32, 'c');
  await sendTelemetry(model, [], TRACE);
  await sendTelemetry(model, [text('customer', PERSON)], fresh(1));
  await sendTelemetry(model, [text('account', `${PERSON}-account`)], fresh(2));
  await sendTelemetry(model, [text('ml.inference.id', `${PERSON}-id`)], fresh(3));
  await sendTelemetry(model, [text('request.id', `${PERSON}-request`)], fresh(4));
  await sendTelemetry(model, [text('customer', 'other1'), text('city', 'Bonn')], fresh(5));
  await sendTelemetry('another', [text('customer', PERSON)], fresh(6));
  const { port } = endpoint.address() as AddressInfo;
  const row = (customer: string) => ({ features: { customer, n: 1 }, label: 'yes' });
  const rows = [row(PERSON), ...Array.from({ length: 20 }, (_, i) => row(`other${i}`))];
  const { status } = await tilt.json('PUT', `/api/v1/models/${model}/hold`, {
    endpoint: { url: `http://127.0.0.1:${port}/`, protocol: 'kserve-v1' },
    ...{ rows, every_ms: 3_600_000 },
  });
  expect(status).toBe(200);
  const { ledger } = tilt.app.ctx;
  await ledger
    .insertInto('review_items')
    .values(
      [`${PERSON}-id`, 'o1'].map((prediction) => ({
        ...{ id: `${model}-${prediction}`, model, prediction, time: now, reason: 'audit', value: null },
        ...{ columns: '[]', stratum: '', weight: 1, created_at: now, state: 'open', wanted: 1 },
        finished_at: null,
      })),
    )
    .execute();
}

const COUNTED = {
  ...{ labels: 1, outcomes: 1, rejects: 1, stages: 2, review_items: 1, hold_rows: 1, telemetry: 10 },
} satisfies Partial<SubjectSummary>;

test('by an id alone is reached whatever its prediction alone leads to: counted, exported and erased by one list', async () => {
  await fill('m');
  const who = `id=${PERSON}-id`;
  const { body: summary } = await tilt.json('GET', `/api/v1/models/m/subject?${who}`);
  expect(summary).toMatchObject({ predictions: 1, ...COUNTED });

  const { body: file } = await tilt.json('GET', `/api/v1/models/m/export/subject?${who}&format=json`);
  const exported: Record<string, number> = { predictions: 0 };
  for (const { type } of file as { type: keyof typeof SUBJECT_COUNTS | 'prediction' }[]) {
    const counted = type === 'prediction' ? 'predictions' : SUBJECT_COUNTS[type];
    exported[counted] = (exported[counted] ?? 0) + 1;
  }
  expect(exported).toEqual({ predictions: 1, ...COUNTED });

  const { body: begun } = await tilt.json('DELETE', `/api/v1/models/m/predictions?${who}`);
  now += 20_000;
  await tilt.app.runJob('erasures');
  const { body: erased } = await tilt.json('GET', `/api/v1/models/m/erasures/${begun.id}`);
  expect(erased).toMatchObject({ predictions: 1, ...COUNTED, finished_at: expect.any(String) });
  expect((await tilt.json('GET', `/api/v1/models/m/subject?${who}`)).body).toMatchObject({
    ...{ predictions: 0, labels: 0, outcomes: 0, rejects: 0, stages: 0, review_items: 0 },
    ...{ hold_rows: 0, telemetry: 0 },
  });
  // What came with it on its way is looked for once more, and then nothing knows of it but another model.
  await sendTelemetry('m', [text('customer', PERSON)], 'd'.repeat(32), START);
  now += 11 * 60_000;
  await tilt.app.runJob('erasures');
  const stores = (await placesOf(PERSON, tilt)).filter((place) => !place.startsWith('file: '));
  expect(stores.sort()).toEqual(['lake: otel_logs', 'lake: otel_traces']);
  const left = await tilt.app.ctx.lake.query<{ n: number }>(
    "SELECT count() AS n FROM tiltmeter.otel_traces WHERE ResourceAttributes['tiltmeter.model'] = 'm'",
  );
  expect(left).toEqual([{ n: 1 }]);
  expect((await tilt.json('GET', '/api/v1/models/m/hold')).body.hold).toMatchObject({ rows: 20 });
});

test('a value that others have as well leads nowhere; a key of one model is shown no telemetry that names none', async () => {
  await fill('shared');
  await tilt.json('POST', '/api/v1/predictions', [
    { model: 'shared', id: 'again', features: { customer: PERSON }, prediction: 'yes', trace_id: TRACE },
  ]);
  const { body } = await tilt.json('GET', `/api/v1/models/shared/subject?id=${PERSON}-id`);
  // By its account, its id and its request it is still told from the other.
  expect(body).toMatchObject({ predictions: 1, hold_rows: 0, telemetry: 6 });

  await sendTelemetry('', [], 'e'.repeat(32));
  const own = { model: 'bound', prediction: 1, trace_id: 'e'.repeat(32) };
  await tilt.json('POST', '/api/v1/predictions', [{ ...own, id: 'x' }]);
  const reader = { name: 'reader', scopes: ['read'], models: ['bound'] };
  const { body: key } = await tilt.json('POST', '/api/v1/keys', reader);
  const path = '/api/v1/models/bound/subject?id=x';
  expect((await tilt.json('GET', path)).body).toMatchObject({ telemetry: 2 });
  expect((await tilt.json('GET', path, undefined, key.secret)).body).toMatchObject({ telemetry: 0 });
});

test('rows of a labelled set are exported for admins alone; others are told how many were left out', async () => {
  await fill('secret');
  const { body: key } = await tilt.json('POST', '/api/v1/keys', { name: 'read', scopes: ['read'] });
  const path = `/api/v1/models/secret/export/subject?id=${PERSON}-id&format=json`;
  const { body } = await tilt.json('GET', path, undefined, key.secret);
  const types = (body as { type: string; what?: string; n?: number }[]).filter(({ type }) =>
    /hold_row|left_out/.test(type),
  );
  expect(types).toMatchObject([{ type: 'left_out', what: 'hold_row', n: 1 }]);
});
