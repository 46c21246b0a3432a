import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  encoded,
  nanos,
  partial,
  request,
  span,
  text,
  within,
} from '../server/telemetry/otlp-requests.testing.ts';
import { packed, V1, writeRequest } from '../server/telemetry/remote-write/messages.testing.ts';
import { startTestApp, type TestApp } from './app.ts';
import { doorsOf } from './fuzz/doors.ts';
import { placesOf } from './stored-text.ts';

const NOW = Date.parse('2026-03-20T12:00:00Z');
const OTLP = '/opentelemetry.proto.collector.';

let tilt: TestApp;
let client: Client;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW, grpcPort: 0 });
  client = new Client(`127.0.0.1:${tilt.app.grpcPort}`, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await tilt.stop();
});

/** What is sent: for whom, with a text that nothing else has, by whose key. */
interface Sent {
  readonly model: string;
  readonly mark: string;
  readonly key: string;
}
type Send = (sent: Sent) => Promise<unknown>;

const post =
  (path: (sent: Sent) => string, body: (sent: Sent) => unknown, headers: Record<string, string> = {}): Send =>
  async (sent) => {
    const raw = body(sent);
    const reply = await fetch(tilt.address + path(sent), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sent.key}`, ...headers },
      body: (raw instanceof Uint8Array ? raw : JSON.stringify(raw)) as string,
    });
    return reply.text();
  };
const json = (path: string, body: (sent: Sent) => unknown) => post(() => path, body);

const otlp = ({ model }: Sent, record: Buffer) => request([record], 'api', text('tiltmeter.model', model));
const AT = { startTimeUnixNano: nanos(NOW - 1000), endTimeUnixNano: nanos(NOW) };
const otlpSpan = (sent: Sent) => otlp(sent, span({ ...AT, attributes: [text('mark', sent.mark)] }));
const otlpLog = (sent: Sent) =>
  otlp(sent, encoded('LogRecord', { timeUnixNano: nanos(NOW), body: { stringValue: sent.mark } }));
const otlpGauge = (sent: Sent) => {
  const point = { timeUnixNano: nanos(NOW), asDouble: 1, attributes: [text('mark', sent.mark)] };
  const gauge = within(5, within(1, encoded('NumberDataPoint', point)));
  return otlp(sent, Buffer.concat([encoded('Metric', { name: 'm' }), gauge]));
};
const protobuf = { 'content-type': 'application/x-protobuf' };

const grpc =
  (path: string, body: (sent: Sent) => Uint8Array): Send =>
  (sent) => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${sent.key}`);
    const raw = (bytes: Buffer) => bytes;
    return new Promise((resolve) => {
      client.makeUnaryRequest(path, raw, raw, Buffer.from(body(sent)), metadata, resolve);
    });
  };

const halves = ({ model, mark }: Sent, row: readonly unknown[] = [1, 2]) =>
  (['request', 'response'] as const).map((is) => ({
    ...{ specversion: '1.0', id: mark, type: `org.kubeflow.serving.inference.${is}`, source: 'x' },
    ...{ time: '2026-03-20T11:00:00Z', inferenceservicename: model },
    data: is === 'request' ? { instances: [row] } : { predictions: [0.5] },
  }));
const asBatch = { 'content-type': 'application/cloudevents-batch+json' };
const captured = ({ mark }: Sent, row = '1,2') => ({
  eventMetadata: { eventId: mark, inferenceTime: '2026-03-20T11:00:00Z' },
  captureData: {
    endpointInput: { data: row, encoding: 'CSV', observedContentType: 'text/csv' },
    endpointOutput: { data: '0.5', encoding: 'CSV', observedContentType: 'text/csv' },
  },
});
const bulk = ({ mark }: Sent) =>
  Buffer.from(`{"create":{}}\n${JSON.stringify({ '@timestamp': NOW, message: mark })}\n`);
const ndjson = { 'content-type': 'application/x-ndjson' };

/** How something of a model goes in by each door. */
const DOORS: Readonly<Record<string, Send>> = {
  '/api/v1/predictions': json('/api/v1/predictions', ({ model, mark }) => ({
    ...{ model, id: mark, prediction: 'a' },
  })),
  '/api/v1/labels': json('/api/v1/labels', ({ model, mark }) => ({ model, id: mark, label: 'a' })),
  '/api/v1/outcomes': json('/api/v1/outcomes', ({ model, mark }) => ({
    ...{ model, id: mark, metric: 'sold', value: 1 },
  })),
  '/api/v1/changes': json('/api/v1/changes', ({ model, mark }) => ({
    ...{ model, kind: 'deploy', title: mark, time: NOW },
  })),
  '/api/v1/stages': json('/api/v1/stages', ({ model, mark }) => ({
    ...{ model, stage: 'features', message: mark },
  })),
  '/cloudevents': post(() => '/cloudevents', halves, asBatch),
  '/api/v1/cloudevents': post(({ model }) => `/api/v1/cloudevents?model=${model}`, halves, asBatch),
  '/api/v1/sagemaker': post(({ model }) => `/api/v1/sagemaker?model=${model}`, captured),
  '/api/v1/elasticsearch/_bulk': post(
    ({ model }) => `/api/v1/elasticsearch/_bulk?model=${model}&stage=inference`,
    bulk,
    ndjson,
  ),
  '/api/v1/elasticsearch/{index}/_bulk': post(
    ({ model }) => `/api/v1/elasticsearch/ml-inference/_bulk?model=${model}`,
    bulk,
    ndjson,
  ),
  '/v1/traces': post(() => '/v1/traces', otlpSpan, protobuf),
  '/v1/logs': post(() => '/v1/logs', otlpLog, protobuf),
  '/v1/metrics': post(() => '/v1/metrics', otlpGauge, protobuf),
  '/api/v1/write': post(
    () => '/api/v1/write',
    ({ model, mark }) =>
      packed(
        writeRequest([
          { labels: { __name__: 'up', tiltmeter_model: model, mark }, samples: [[NOW - 1000, 1]] },
        ]),
      ),
    { 'content-type': V1, 'content-encoding': 'snappy' },
  ),
  '/api/v1/heartbeats/{job}': post(
    ({ model, mark }) => `/api/v1/heartbeats/${mark}?state=ok&model=${model}`,
    () => ({}),
  ),
  [`${OTLP}trace.v1.TraceService/Export`]: grpc(`${OTLP}trace.v1.TraceService/Export`, otlpSpan),
  [`${OTLP}logs.v1.LogsService/Export`]: grpc(`${OTLP}logs.v1.LogsService/Export`, otlpLog),
  [`${OTLP}metrics.v1.MetricsService/Export`]: grpc(`${OTLP}metrics.v1.MetricsService/Export`, otlpGauge),
};

const answered = ({ mark }: Sent) => [
  text('ml.inference.prediction', 'a'),
  text('ml.inference.feature.customer', mark),
];
const answerInLog = (sent: Sent) =>
  otlp(
    sent,
    encoded('LogRecord', {
      ...{ timeUnixNano: nanos(NOW), eventName: 'ml.inference' },
      attributes: answered(sent),
    }),
  );
const answerInSpan = (sent: Sent) =>
  otlp(
    sent,
    Buffer.concat([
      span(AT),
      within(
        11,
        encoded('Event', { name: 'ml.inference', timeUnixNano: nanos(NOW), attributes: answered(sent) }),
      ),
    ]),
  );

/** Doors by which features come, with the text as that of `customer`. */
const FEATURES: Readonly<Record<string, Send>> = {
  '/api/v1/predictions': json('/api/v1/predictions', ({ model, mark }) => ({
    ...{ model, id: `p-${model}`, prediction: 'a', features: { customer: mark } },
  })),
  '/cloudevents': post(
    () => '/cloudevents',
    (sent) => halves({ ...sent, mark: `c-${sent.model}` }, [sent.mark, 2]),
    asBatch,
  ),
  '/api/v1/cloudevents': post(
    ({ model }) => `/api/v1/cloudevents?model=${model}`,
    (sent) => halves({ ...sent, mark: `d-${sent.model}` }, [sent.mark, 2]),
    asBatch,
  ),
  '/api/v1/sagemaker': post(
    ({ model }) => `/api/v1/sagemaker?model=${model}`,
    (sent) => captured({ ...sent, mark: `s-${sent.model}` }, `${sent.mark},2`),
  ),
  '/api/v1/stages': json('/api/v1/stages', ({ model, mark }) => ({
    ...{ model, stage: 'features', message: 'read', attributes: { customer: mark } },
  })),
  '/v1/logs': post(() => '/v1/logs', answerInLog, protobuf),
  '/v1/traces': post(() => '/v1/traces', answerInSpan, protobuf),
  [`${OTLP}logs.v1.LogsService/Export`]: grpc(`${OTLP}logs.v1.LogsService/Export`, answerInLog),
  [`${OTLP}trace.v1.TraceService/Export`]: grpc(`${OTLP}trace.v1.TraceService/Export`, answerInSpan),
};

/** Doors by which an id or a message comes that rules may name. */
const FIXED = [
  ...['/api/v1/predictions', '/api/v1/labels', '/api/v1/outcomes', '/api/v1/stages', '/cloudevents'],
  ...['/api/v1/cloudevents', '/api/v1/sagemaker', '/api/v1/elasticsearch/_bulk'],
  '/api/v1/elasticsearch/{index}/_bulk',
];

/** Doors of which it is shown where they are tested: what they take is made of many parts, or of no model yet. */
const ELSEWHERE = new Set(['/api/v1/profiles', '/api/v1/uploads', '/api/v1/models/{model}/references/file']);

const stored = async (mark: string) =>
  (await placesOf(mark, tilt)).some((place) => !place.startsWith('file: '));

test('by no door does a key of one model bring in anything of another; a key of none does by each', async () => {
  const { body: document } = await tilt.json('GET', '/api/v1/openapi.json');
  expect(new Set([...Object.keys(DOORS), ...ELSEWHERE])).toEqual(new Set(doorsOf(document)));
  await tilt.json('POST', '/api/v1/models', { id: 'theirs', payload: { features: ['a', 'b'] } });
  const keyOf = async (name: string, models?: string[]) =>
    (await tilt.json('POST', '/api/v1/keys', { name, scopes: ['ingest'], ...(models && { models }) })).body
      .secret as string;
  const [bound, free] = [await keyOf('bound', ['ours']), await keyOf('free')];
  const told: Record<string, readonly [bound: boolean, free: boolean]> = {};
  for (const [i, [door, send]] of Object.entries(DOORS).entries()) {
    const marks = [`zqbound${i}x`, `zqfree${i}x`] as const;
    await send({ model: 'theirs', mark: marks[0], key: bound });
    await send({ model: 'theirs', mark: marks[1], key: free });
    told[door] = [await stored(marks[0]), await stored(marks[1])];
  }
  expect(told).toEqual(Object.fromEntries(Object.keys(DOORS).map((door) => [door, [false, true]])));
}, 120_000);

test('an answer of another model within what its own service sends is refused, and the one beside it kept', async () => {
  const { body: key } = await tilt.json('POST', '/api/v1/keys', {
    ...{ name: 'one service', scopes: ['ingest'], models: ['ours'] },
  });
  const record = (mark: string, ...named: object[]) =>
    encoded('LogRecord', {
      ...{ timeUnixNano: nanos(NOW), eventName: 'ml.inference' },
      attributes: [...answered({ model: '', key: '', mark }), ...named],
    });
  const records = [record('zqown'), record('zqother', text('ml.model.name', 'theirs'))];
  const reply = await fetch(`${tilt.address}/v1/logs`, {
    method: 'POST',
    headers: { ...protobuf, authorization: `Bearer ${key.secret}` },
    body: request(records, 'api', text('tiltmeter.model', 'ours')) as never,
  });
  expect(reply.status).toBe(200);
  expect(partial(new Uint8Array(await reply.arrayBuffer()) as Buffer)).toMatchObject({ rejected: 1 });
  expect([await stored('zqown'), await stored('zqother')]).toEqual([true, false]);
});

test('what a rule protects is stored in clear by no door, from the first event on', async () => {
  const ways: [string, Send][] = [
    ...Object.entries(FEATURES).map(([door, send]): [string, Send] => [`customer by ${door}`, send]),
    ...FIXED.map((door): [string, Send] => [`fixed fields by ${door}`, DOORS[door]!]),
  ];
  const told: Record<string, readonly [free: boolean, ruled: boolean]> = {};
  const sendAll = async (when: 'free' | 'ruled') => {
    const found: Record<string, boolean> = {};
    for (const [i, [way, send]] of ways.entries()) {
      const model = `${when}-${i}`;
      await tilt.json('POST', '/api/v1/models', { id: model, payload: { features: ['customer', 'b'] } });
      await send({ model, mark: `zq${when}${i}x`, key: tilt.adminKey });
      found[way] = await stored(`zq${when}${i}x`);
    }
    return found;
  };
  const free = await sendAll('free');
  const rules = [
    { columns: 'customer', action: 'hash' },
    { columns: '_id', action: 'hash' },
    // payload loggers name request and prediction alike
    { columns: '_request_id', action: 'drop' },
    { columns: '_message', action: 'drop' },
  ];
  expect(await tilt.json('PUT', '/api/v1/privacy', { rules })).toMatchObject({ status: 200 });
  const ruled = await sendAll('ruled');
  for (const [way] of ways) told[way] = [free[way]!, ruled[way]!];
  expect(told).toEqual(Object.fromEntries(ways.map(([way]) => [way, [true, false]])));
}, 120_000);
