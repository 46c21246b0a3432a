import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../../test/app.ts';
import { structuredHalves } from './half.ts';
import { predictionsOf } from './predictions.ts';
import { WaitingHalves } from './waiting.ts';

let monotonic = 0;
let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ monotonic: () => monotonic, limits: { events: 2_000 } });
});
afterAll(() => tilt.stop());

type Headers = Record<string, string>;

async function send(headers: Headers, body: unknown, path = '/cloudevents') {
  const reply = await fetch(tilt.address + path, {
    method: 'POST',
    headers: { 'x-api-key': tilt.adminKey, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: reply.status, body: await reply.json() };
}

const lines = async (name: string) =>
  (await readFile(new URL(`./fixtures/${name}.jsonl`, import.meta.url), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const prediction = async (model: string, id: string) =>
  (await tilt.json('GET', `/api/v1/models/${model}/predictions/${id}`)).body;

const event = (is: 'request' | 'response', id: string, model: string, time = '2026-03-20T10:00:00Z') => ({
  'ce-id': id,
  'ce-type': `org.kubeflow.serving.inference.${is}`,
  'ce-specversion': '1.0',
  'ce-time': time,
  'ce-inferenceservicename': model,
});

test('KServe in binary mode of version 0.1: two rows are two predictions, positions have names', async () => {
  const payload = { features: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'] };
  expect(await tilt.json('POST', '/api/v1/models', { id: 'iris', payload })).toMatchObject({ status: 201 });
  const [request, response] = await lines('binary_http_events');
  const { host: _, 'content-length': __, 'accept-encoding': ___, ...asked } = request.headers;
  expect(await send(asked, request.body, '/cloudevents?model=iris')).toMatchObject({
    status: 202,
    body: { waiting: 1, stored: 0 },
  });
  const { host: ____, 'content-length': _____, 'accept-encoding': ______, ...answered } = response.headers;
  const reply = await send(answered, response.body, '/cloudevents?model=iris');
  expect(reply).toMatchObject({ status: 200, body: { events: 1, waiting: 0, received: 2, stored: 2 } });
  expect(await prediction('iris', `${asked['ce-eventid']}-1`)).toMatchObject({
    features: { sepal_length: 6, sepal_width: 3.4, petal_length: 4.5, petal_width: 1.6 },
    prediction: 1,
    request_id: asked['ce-eventid'],
  });
});

test('KServe in structured mode, the response first, as a batch', async () => {
  const [request, response] = await lines('structured_events');
  const type = { 'content-type': 'application/cloudevents-batch+json' };
  expect(await send(type, [response, request], '/api/v1/cloudevents')).toMatchObject({
    status: 202,
    body: { events: 2, waiting: 1, stored: 2 },
  });
  expect(await prediction('sklearn-iris', `${request.id}-0`)).toMatchObject({
    features: { instance_0: 6.8, instance_1: 2.8, instance_2: 4.8, instance_3: 1.4 },
    prediction: 1,
    trace_id: '90a2951c292515b95056d5f778a7824b',
  });
});

test('Seldon by the Open Inference Protocol: tensors, version, trace', async () => {
  const { headers, request_body, body } = (await lines('binary_http_events'))[2];
  const { 'Content-Length': _, 'Content-Type': ___, Date: __, ...own } = headers;
  const asked = { ...own, 'Ce-Type': 'io.seldon.serving.inference.request' };
  expect(await send(asked, request_body)).toMatchObject({ status: 202 });
  expect(await send(own, body)).toMatchObject({ status: 200, body: { stored: 1 } });
  expect(await prediction('iris_1', headers['Ce-Id'])).toMatchObject({
    ...{ version: '1', prediction: 2, trace_id: 'fe9e87fcbe4be98ed82fb76166e15ceb' },
    features: { predict_0: 1, predict_1: 2, predict_2: 3, predict_3: 4 },
  });
});

test('probabilities by the names of classes, latency, named tensors', async () => {
  await tilt.json('POST', '/api/v1/models', { id: 'churn', payload: { classes: ['stay', 'leave'] } });
  const inputs = [
    { name: 'age', shape: [1], datatype: 'INT32', data: [41] },
    { name: 'country', shape: [1, 1], datatype: 'BYTES', data: ['FR'] },
  ];
  await send(event('request', 'p1', 'churn'), { inputs });
  const outputs = [{ name: 'probabilities', shape: [1, 2], datatype: 'FP32', data: [[0.25, 0.75]] }];
  await send(event('response', 'p1', 'churn', '2026-03-20T10:00:00.012Z'), { outputs });
  expect(await prediction('churn', 'p1')).toMatchObject({
    ...{ features: { age: 41, country: 'FR' }, prediction: 'leave', latency_ms: 12 },
    probabilities: { stay: 0.25, leave: 0.75 },
  });
});

test('what does not fit is refused with a code, and nothing else', async () => {
  const reply = async (id: string, request: object, response: object, model = 'shapes') => {
    await send(event('request', id, model), request);
    return send(event('response', id, model), response);
  };
  const tensor = (shape: number[], data: number[]) => ({ inputs: [{ name: 'x', shape, data }] });
  const answer = { predictions: [1] };
  for (const [request, response, message] of [
    [tensor([1, 3], [1, 2]), answer, 'takes 3'],
    [tensor([2, 1], [1, 2]), answer, '2 rows'],
    [{ inputs: [{ name: 'x', shape: [1, 1] }] }, answer, 'binary'],
    [{ signature: 1 }, answer, 'neither'],
    [tensor([1, 1], [1]), { predictions: [{ what: 1 }] }, 'without one of'],
  ] as const) {
    expect(await reply(`bad ${message}`, request, response)).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid_payload', message: expect.stringContaining(message) } },
    });
  }
  expect(await reply('iris-3', tensor([1, 3], [1, 2, 3]), answer, 'iris')).toMatchObject({
    status: 422,
    body: { error: { message: expect.stringContaining('payload.features') } },
  });
  expect(await send({ 'ce-id': 'x', 'ce-type': 'com.example.order' }, {})).toMatchObject({ status: 422 });
  expect(await send(event('request', 'y', 'm'), '{"a":')).toMatchObject({
    status: 422,
    body: { error: { code: 'invalid_json' } },
  });
  expect(await send({}, 'nothing')).toMatchObject({ status: 400 });
});

test('a half that stays alone is counted after a minute, and kept among the rejected', async () => {
  await send(event('request', 'lonely', 'churn'), { instances: [[1]] });
  monotonic += 61_000;
  await send(event('request', 'next', 'churn'), { instances: [[1]] });
  const { body } = await tilt.json('GET', '/api/v1/rejects?code=unpaired_payload');
  expect(body.items).toMatchObject([
    { code: 'unpaired_payload', message: expect.stringContaining('a request without its response') },
  ]);
  // It came too late.
  expect(await send(event('response', 'lonely', 'churn'), { predictions: [1] })).toMatchObject({
    status: 202,
  });
});

test('a key of other models learns nothing of what is set of one', async () => {
  const payload = { features: ['a', 'b', 'c'] };
  await tilt.json('POST', '/api/v1/models', { id: 'guarded', payload });
  const key = { name: 'elsewhere', scopes: ['ingest'], models: ['other'] };
  const { secret } = (await tilt.json('POST', '/api/v1/keys', key)).body;
  const as = { 'x-api-key': secret };
  await send({ ...event('request', 'curious', 'guarded'), ...as }, { instances: [[1]] });
  const { body } = await send({ ...event('response', 'curious', 'guarded'), ...as }, { predictions: [1] });
  expect(body).toMatchObject({ stored: 0, rejected: [{ code: 'model_not_allowed' }] });
});

const batch = { 'content-type': 'application/cloudevents-batch+json' };
const structured = (is: string, id: string, data: unknown) => ({
  ...{
    specversion: '1.0',
    id,
    type: `io.seldon.serving.inference.${is}`,
    inferenceservicename: 'large',
    data,
  },
});

test('a request of payloads brings no more predictions than any other; what is beyond is refused, pair by pair', async () => {
  const pair = (id: string, rows: number) => [
    structured('request', id, { instances: Array(rows).fill(1) }),
    structured('response', id, { predictions: Array(rows).fill(0) }),
  ];
  const { body } = await send(batch, [...pair('a', 1500), ...pair('b', 1500), ...pair('c', 400)]);
  expect(body).toMatchObject({
    ...{ stored: 1900, rejected_total: 1 },
    rejected: [{ code: 'event_too_large', message: expect.stringContaining('2000 predictions') }],
  });
});

test('names that each row has of its own are values of all of them, and too many', () => {
  const instances = Array.from({ length: 10_000 }, (_, i) => ({ [`n${i % 999}`]: 1 }));
  const half = (is: 'request' | 'response', data: object) =>
    structuredHalves(Buffer.from(JSON.stringify(structured(is, 'w', data))))[0]!();
  const pair = {
    request: half('request', { instances }),
    response: half('response', { predictions: Array(10_000).fill(1) }),
  };
  expect(() => predictionsOf(pair, 'wide', {})).toThrow('500000 values in all');
});

test('what waits is counted by its own size, and not by the share of a batch', () => {
  const big = structured('request', 'big', { instances: [1], more: 'x'.repeat(100_000) });
  const body = Buffer.from(JSON.stringify([big, ...Array(100).fill(structured('request', 'small', {}))]));
  const [first, second] = structuredHalves(body).map((read) => read().bytes);
  expect(first).toBeGreaterThan(100_000);
  expect(second).toBeLessThan(200);
  expect(structuredHalves(Buffer.from(' [ ] '))).toEqual([]);
  expect(() => structuredHalves(Buffer.from('[{"id":"a"'))).toThrow('does not end');
  expect(() => structuredHalves(Buffer.from('[] [{"id":"a"}]'))).toThrow('something follows');
});

test('lists within lists without end are refused, and nothing else', async () => {
  const data = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
  for (const asked of [
    `{"inputs":[{"name":"x","shape":[1],"data":${data}}]}`,
    `{"inputs":{"x":${data}}}`,
    `{"instances":${data}}`,
  ]) {
    await send(event('request', 'deep', 'deep'), asked);
    expect(await send(event('response', 'deep', 'deep'), { predictions: [1] })).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid_payload' } },
    });
  }
});

test('as many halves wait as a sender may have; the oldest go first', () => {
  const waiting = new WaitingHalves<string>({ ms: 1000, halves: 2, bytes: 100, all: 150 });
  const half = (id: string, bytes = 10) => ({
    ...{ id, is: 'request' as const, time: undefined, model: undefined, trace: undefined, data: {}, bytes },
  });
  expect(waiting.add('a', half('1'), '', 0)).toEqual({ tooMany: [] });
  expect(waiting.add('a', half('2'), '', 0)).toEqual({ tooMany: [] });
  expect(waiting.add('a', half('3'), '', 0)).toMatchObject({ tooMany: [{ half: { id: '1' } }] });
  expect(waiting.add('a', half('4', 95), '', 0)).toMatchObject({
    tooMany: [{ half: { id: '2' } }, { half: { id: '3' } }],
  });
  // Of all senders that one makes room which has most.
  expect(waiting.add('b', half('5', 60), '', 500)).toMatchObject({ tooMany: [{ half: { id: '4' } }] });
  expect(waiting.add('a', half('6', 50), '', 0)).toEqual({ tooMany: [] });
  expect(waiting.expire(1000)).toMatchObject([{ half: { id: '6' } }]);
  expect(waiting.empty).toBe(false);
  waiting.expire(1500);
  expect(waiting.empty).toBe(true);
});
