import { readFile } from 'node:fs/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { messageType } from './otlp/messages.ts';
import { encoded, NOW, nanos, partial, request, span, text } from './otlp-requests.testing.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
});
afterAll(() => tilt.stop());

type Kind = 'traces' | 'logs' | 'metrics';

const example = async (name: string) => readFile(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');

interface Sent {
  readonly type?: string;
  readonly encoding?: string;
  readonly key?: Record<string, string>;
}

async function send(kind: Kind, body: string | Uint8Array, { type, encoding, key }: Sent = {}) {
  const reply = await fetch(`${tilt.address}/v1/${kind}`, {
    method: 'POST',
    headers: {
      'content-type': type ?? (typeof body === 'string' ? 'application/json' : 'application/x-protobuf'),
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      ...(key ?? { authorization: `Bearer ${tilt.adminKey}` }),
    },
    body: body as string,
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  return { status: reply.status, type: reply.headers.get('content-type'), bytes, headers: reply.headers };
}

const rows = (table: string, columns: string) =>
  tilt.app.ctx.lake.query(`SELECT ${columns} FROM tiltmeter.${table} ORDER BY 1`);

const status = (bytes: Buffer) => messageType('RpcStatus').toObject(messageType('RpcStatus').decode(bytes));

describe('the examples of opentelemetry-proto, in JSON', () => {
  test('a span', async () => {
    const reply = await send('traces', await example('trace'));
    expect({ ...reply, bytes: reply.bytes.toString() }).toMatchObject({
      status: 200,
      type: expect.stringContaining('application/json'),
      bytes: '{}',
    });
    expect(
      await rows(
        "otel_traces WHERE ServiceName = 'my.service'",
        'toString(Timestamp) AS Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, Duration, StatusCode, SpanAttributes, ResourceAttributes, ScopeName, ScopeVersion',
      ),
    ).toEqual([
      {
        Timestamp: '2018-12-13 14:51:00.000000000',
        TraceId: '5b8efff798038103d269b633813fc60c',
        SpanId: 'eee19b7ec3c1b174',
        ParentSpanId: 'eee19b7ec3c1b173',
        SpanName: "I'm a server span",
        SpanKind: 'Server',
        Duration: 1_000_000_000,
        StatusCode: 'Unset',
        SpanAttributes: { 'my.span.attr': 'some value' },
        ResourceAttributes: { 'service.name': 'my.service' },
        ScopeName: 'my.library',
        ScopeVersion: '1.0.0',
      },
    ]);
  });

  test('a log record, whose attributes are of all types', async () => {
    expect(await send('logs', await example('logs'))).toMatchObject({ status: 200 });
    const [row] = await rows(
      'otel_logs',
      'Body, SeverityText, SeverityNumber, TraceId, LogAttributes, toString(TimestampTime) AS at',
    );
    expect(row).toEqual({
      Body: 'Example log record',
      SeverityText: 'Information',
      SeverityNumber: 10,
      TraceId: '5b8efff798038103d269b633813fc60c',
      at: '2018-12-13 14:51:00',
      LogAttributes: {
        'string.attribute': 'some string',
        'boolean.attribute': 'true',
        'int.attribute': '10',
        'double.attribute': '637.704',
        'array.attribute': '["many","values"]',
        'map.attribute': '{"some.map.key":"some value"}',
      },
    });
  });

  test('a log record that is an event', async () => {
    expect(await send('logs', await example('events'))).toMatchObject({ status: 200 });
  });

  test('points of four shapes', async () => {
    expect(await send('metrics', await example('metrics'))).toMatchObject({ status: 200 });
    expect(
      await rows('otel_metrics_sum', 'MetricName, Value, AggregationTemporality, IsMonotonic, MetricUnit'),
    ).toEqual([
      { MetricName: 'my.counter', Value: 5, AggregationTemporality: 1, IsMonotonic: true, MetricUnit: '1' },
    ]);
    expect(await rows('otel_metrics_gauge', 'MetricName, Value, Attributes')).toEqual([
      { MetricName: 'my.gauge', Value: 10, Attributes: { 'my.gauge.attr': 'some value' } },
    ]);
    expect(
      await rows('otel_metrics_histogram', 'Count, Sum, BucketCounts, ExplicitBounds, Min, Max'),
    ).toEqual([{ Count: 2, Sum: 2, BucketCounts: [1, 1], ExplicitBounds: [1], Min: 0, Max: 2 }]);
    expect(
      await rows(
        'otel_metrics_exponential_histogram',
        'Count, Sum, Scale, ZeroCount, PositiveOffset, PositiveBucketCounts, NegativeBucketCounts, Max',
      ),
    ).toEqual([
      {
        ...{ Count: 3, Sum: 10, Scale: 0, ZeroCount: 1, PositiveOffset: 1, Max: 5 },
        PositiveBucketCounts: [0, 2],
        NegativeBucketCounts: [],
      },
    ]);
  });
});

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('protobuf in %s, with events and links, and the key in x-api-key', async (encoding, compress) => {
  const record = encoded('Span', {
    traceId: Buffer.alloc(16, 1),
    spanId: Buffer.alloc(8, 2),
    name: encoding,
    kind: 3,
    startTimeUnixNano: '1544712660000000123',
    endTimeUnixNano: '1544712660000000124',
    status: { code: 2, message: 'no' },
    events: [{ timeUnixNano: '1544712660000000456', name: 'exception', attributes: [text('a', 'b')] }],
    links: [
      {
        traceId: Buffer.alloc(16, 3),
        spanId: Buffer.alloc(8, 4),
        traceState: 's',
        attributes: [text('c', 'd')],
      },
    ],
  });
  const reply = await send('traces', compress(request([record])), {
    encoding,
    key: { 'x-api-key': tilt.adminKey },
  });
  expect(reply).toMatchObject({ status: 200, type: 'application/x-protobuf' });
  expect(reply.bytes).toHaveLength(0);
  const [row] = await rows(
    `otel_traces WHERE SpanName = '${encoding}'`,
    'toUnixTimestamp64Nano(Timestamp) % 1000 AS ns, Duration, SpanKind, StatusCode, StatusMessage, arrayMap(t -> toUnixTimestamp64Nano(t) % 1000, Events.Timestamp) AS times, Events.Name AS names, Events.Attributes AS attributes, Links.TraceId AS links, Links.Attributes AS more',
  );
  expect(row).toEqual({
    ...{ ns: 123, Duration: 1, SpanKind: 'Client', StatusCode: 'Error', StatusMessage: 'no', times: [456] },
    ...{ names: ['exception'], attributes: [{ a: 'b' }], links: ['03'.repeat(16)], more: [{ c: 'd' }] },
  });
});

test('bad records beside good ones: the good are stored, the others counted by their codes', async () => {
  const bad = [
    span({ startTimeUnixNano: '0' }),
    span({ startTimeUnixNano: nanos(NOW + 86_400_000) }),
    span({ startTimeUnixNano: '18446744073709551615' }),
    span({ traceId: Buffer.alloc(3) }),
    span({ spanId: Buffer.alloc(8) }),
    span({ attributes: [text('a', 'x'.repeat(2 * 1024 * 1024))] }),
    Buffer.from([0x0a, 0x10, 0x01]),
  ];
  const reply = await send('traces', request([span(), ...bad, span()], 'beside'));
  expect(reply.status).toBe(200);
  const told = partial(reply.bytes)!;
  expect(told.rejected).toBe(7);
  expect(told.errorMessage).toMatch(/invalid_time \(3\): the start of a span is 1970-01-01/);
  expect(told.errorMessage).toMatch(
    /invalid_telemetry \(3\): the trace id of a span has 3 bytes instead of 16/,
  );
  expect(told.errorMessage).toMatch(/event_too_large \(1\)/);
  expect(await rows("otel_traces WHERE ServiceName = 'beside'", 'count() AS n')).toEqual([{ n: 2 }]);
  const { body } = await tilt.json('GET', '/metrics');
  expect(body).toContain('tiltmeter_telemetry_records_total{kind="traces",result="invalid_time"} 3');
});

test('attributes that are too long or too many are cut, and told', async () => {
  const many = Array.from({ length: 200 }, (_, i) => text(`k${i}`, 'v'));
  const reply = await send(
    'traces',
    request([span({ attributes: [text('long', 'é'.repeat(20_000)), ...many] })], 'cut'),
  );
  expect(partial(reply.bytes)).toMatchObject({
    rejected: 0,
    errorMessage: expect.stringMatching(/^74 attributes were cut/),
  });
  expect(
    await rows(
      "otel_traces WHERE ServiceName = 'cut'",
      "length(SpanAttributes) AS n, lengthUTF8(SpanAttributes['long']) AS long",
    ),
  ).toEqual([{ n: 128, long: 8192 }]);
});

describe('refused as a whole, with a Status in the encoding that was sent', () => {
  const whole = request([span(), span()]);
  test.each<[string, Kind, string | Buffer, Sent, number, number, RegExp]>([
    ['cut off', 'traces', whole.subarray(0, whole.length - 5), {}, 400, 3, /^invalid_protobuf: /],
    ['not protobuf', 'logs', Buffer.from('hello, world'), {}, 400, 3, /^invalid_protobuf: /],
    [
      'JSON that says protobuf',
      'traces',
      Buffer.from('{"resourceSpans":[]}'),
      {},
      400,
      3,
      /^invalid_protobuf: /,
    ],
    [
      'nothing that could be stored',
      'traces',
      request([span({ startTimeUnixNano: '1' })]),
      {},
      422,
      3,
      /^invalid_time: nothing was stored/,
    ],
    ['no key', 'traces', whole, { key: {} }, 401, 16, /^not_authenticated: /],
    [
      'more records than a body may have',
      'traces',
      request(Array(100_001).fill(Buffer.alloc(0))),
      {},
      413,
      8,
      /^body_too_large: /,
    ],
    ['not gzip', 'traces', whole, { encoding: 'gzip' }, 400, 3, /^invalid_compression: /],
  ])('%s', async (_name, kind, body, sent, http, code, message) => {
    const reply = await send(kind, body, sent);
    expect(reply.status).toBe(http);
    expect(reply.type).toBe('application/x-protobuf');
    expect(status(reply.bytes)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test.each([
    ['text/plain', '{}', 415, 'unsupported_media_type'],
    ['application/json', '{"resourceSpans":', 400, 'invalid_json'],
    ['application/json', '{"resourceSpans":{}}', 400, 'invalid_request'],
    ['application/json', '[]', 400, 'invalid_json'],
    ['application/json', `{"resourceSpans":${'['.repeat(400_000)}`, 413, 'body_too_large'],
    [
      'application/json',
      `{"resourceSpans":${'['.repeat(40_000)}${']'.repeat(40_000)}}`,
      400,
      'invalid_request',
    ],
  ])('%s: %.20s', async (type, body, http, code) => {
    const reply = await send('traces', body, { type });
    expect(reply.status).toBe(http);
    expect(JSON.parse(reply.bytes.toString())).toMatchObject({
      message: expect.stringMatching(`^${code}: `),
    });
  });
});

test('values of the wrong type and ids that are none, in JSON: that record alone', async () => {
  const good = {
    traceId: 'ab'.repeat(16),
    spanId: 'cd'.repeat(8),
    name: 'ok',
    startTimeUnixNano: nanos(NOW),
  };
  const bad = [
    { ...good, attributes: 'no' },
    { ...good, traceId: 'zz' },
    { ...good, attributes: [{ key: 'a', value: 7 }] },
  ];
  const body = {
    resourceSpans: [
      { resource: { attributes: [text('service.name', 'types')] }, scopeSpans: [{ spans: [good, ...bad] }] },
    ],
  };
  const reply = await send('traces', JSON.stringify(body));
  expect(reply.status).toBe(200);
  expect(JSON.parse(reply.bytes.toString())).toMatchObject({ partialSuccess: { rejectedSpans: '3' } });
  expect(await rows("otel_traces WHERE ServiceName = 'types'", 'count() AS n')).toEqual([{ n: 1 }]);
});

test('a key of some models sends telemetry of them, and says so', async () => {
  const { body: made } = await tilt.json('POST', '/api/v1/keys', {
    name: 'bound',
    scopes: ['ingest'],
    models: ['churn'],
  });
  const key = { authorization: `Bearer ${made.secret}` };
  expect(await send('traces', request([span()], 'bound'), { key })).toMatchObject({ status: 403 });
  expect(
    await send('traces', request([span()], 'bound', text('tiltmeter.model', 'other')), { key }),
  ).toMatchObject({ status: 403 });
  expect(
    await send('traces', request([span()], 'bound', text('tiltmeter.model', 'churn')), { key }),
  ).toMatchObject({ status: 200 });
  expect(await rows("otel_traces WHERE ServiceName = 'bound'", 'count() AS n')).toEqual([{ n: 1 }]);
});

test('histograms whose counts do not fit their bounds, and a metric without a name', async () => {
  const point = (bucketCounts: number[], explicitBounds: number[]) => ({
    timeUnixNano: nanos(NOW),
    count: '1',
    sum: 1,
    bucketCounts: bucketCounts.map(String),
    explicitBounds,
  });
  const histogram = (name: string, ...dataPoints: object[]) => ({
    name,
    histogram: { aggregationTemporality: 2, dataPoints },
  });
  const body = {
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              histogram('h', point([1, 2], [1, 2, 3]), point([1, 0, 0], [2, 1]), point([1, 0], [1])),
              histogram('', point([1], [])),
            ],
          },
        ],
      },
    ],
  };
  const reply = await send('metrics', JSON.stringify(body));
  expect(JSON.parse(reply.bytes.toString())).toMatchObject({ partialSuccess: { rejectedDataPoints: '3' } });
  expect(await rows("otel_metrics_histogram WHERE MetricName = 'h'", 'AggregationTemporality AS t')).toEqual([
    { t: 2 },
  ]);
});
