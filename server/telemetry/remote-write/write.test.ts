import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { encoded, packed, request2, type Series, V1, V2, writeRequest } from './messages.testing.ts';
import { readSamples } from './read-samples.ts';

const NOW = Date.parse('2026-03-20T12:00:00Z');
const DAY = 86_400_000;

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
});
afterAll(() => tilt.stop());

async function send(
  body: Uint8Array,
  { type = V1, encoding = 'snappy', authorization = `Bearer ${tilt.adminKey}` } = {},
) {
  const reply = await fetch(`${tilt.address}/api/v1/write`, {
    method: 'POST',
    headers: { 'content-type': type, 'content-encoding': encoding, authorization },
    body: (encoding === 'snappy' ? packed(body) : body) as Uint8Array<ArrayBuffer>,
  });
  const text = await reply.text();
  return {
    status: reply.status,
    text,
    code: text === '' ? undefined : JSON.parse(text).error.code,
    headers: reply.headers,
  };
}

const up = (job: string, ...samples: Series['samples']): Series => ({
  labels: { __name__: 'up', job, instance: `${job}:9100` },
  samples,
});

const query = (sql: string) => tilt.app.ctx.lake.query<Record<string, unknown>>(sql);
const samplesOf = (job: string) =>
  query(
    `SELECT toUnixTimestamp64Milli(TimeUnix) - ${NOW} AS at, if(isNaN(Value), 'NaN', toString(Value)) AS value, Flags AS flags FROM tiltmeter.metric_samples
     WHERE Series IN (SELECT Series FROM tiltmeter.metric_series WHERE ServiceName = '${job}') ORDER BY at, value`,
  );

test('both versions: one series with its labels, resource and metadata, and its samples', async () => {
  const series: Series[] = [
    {
      labels: {
        __name__: 'http_requests_total',
        job: 'churn',
        instance: '10.0.0.7:8080',
        namespace: 'ml',
        pod: 'churn-7f9c8d6b5f-x2k4p',
        status: '200',
      },
      samples: [
        [NOW - 30_000, 10],
        [NOW - 15_000, 12.5],
      ],
    },
  ];
  expect(await send(writeRequest(series))).toMatchObject({ status: 204, text: '' });
  const later: Series[] = [{ ...series[0]!, samples: [[NOW, 13]] }];
  const second = await send(request2(later, [1, 'Requests answered', 'requests']), { type: V2 });
  expect(second).toMatchObject({ status: 204 });
  expect(second.headers.get('x-prometheus-remote-write-samples-written')).toBe('1');
  expect(second.headers.get('x-prometheus-remote-write-histograms-written')).toBe('0');

  expect(await samplesOf('churn')).toEqual([
    { at: -30_000, value: '10', flags: 0 },
    { at: -15_000, value: '12.5', flags: 0 },
    { at: 0, value: '13', flags: 0 },
  ]);
  // The same number, however it came.
  expect(
    await query(
      `SELECT uniqExact(Series) AS series, any(toString(Day)) AS day, any(MetricName) AS name, max(MetricType) AS type, max(MetricUnit) AS unit, max(MetricDescription) AS help,
       any(ResourceAttributes) AS resource, any(Attributes) AS attributes, any(Deployment) AS deployment FROM tiltmeter.metric_series WHERE ServiceName = 'churn'`,
    ),
  ).toEqual([
    {
      ...{ series: 1, day: '2026-03-20', name: 'http_requests_total', deployment: 'churn' },
      ...{ type: 'counter', unit: 'requests', help: 'Requests answered' },
      resource: {
        'service.name': 'churn',
        'k8s.namespace.name': 'ml',
        'k8s.pod.name': 'churn-7f9c8d6b5f-x2k4p',
        'k8s.deployment.name': 'churn',
      },
      attributes: { namespace: 'ml', pod: 'churn-7f9c8d6b5f-x2k4p', status: '200' },
    },
  ]);
});

test('what is sent again is stored once; what is out of order is stored; a series that ended says so', async () => {
  const first = writeRequest([up('again', [NOW - 1000, 1])]);
  expect(await send(first)).toMatchObject({ status: 204 });
  expect(await send(first)).toMatchObject({ status: 204 });
  const stale = writeRequest([up('again', [NOW, Number.NaN])]);
  // The library writes the usual NaN; what Prometheus writes differs in its lowest bits.
  const at = stale.indexOf(Buffer.from([0, 0, 0, 0, 0, 0, 0xf8, 0x7f]));
  Buffer.from([2, 0, 0, 0, 0, 0, 0xf0, 0x7f]).copy(stale, at);
  expect(await send(stale)).toMatchObject({ status: 204 });
  expect(await send(writeRequest([up('again', [NOW - 2000, 0])]))).toMatchObject({ status: 204 });
  expect(await samplesOf('again')).toEqual([
    { at: -2000, value: '0', flags: 0 },
    { at: -1000, value: '1', flags: 0 },
    { at: 0, value: 'NaN', flags: 1 },
  ]);
  const { body } = await tilt.json<string>('GET', '/metrics');
  expect(body).toMatch(/tiltmeter_telemetry_records_total\{kind="samples",result="duplicate"\} 1\n/);
});

test('what is bad is refused with a code and never its neighbours, in both versions', async () => {
  const bad = (job: string): Series[] => [
    { labels: { job }, samples: [[NOW, 1]] },
    {
      labels: { __name__: 'old', job },
      samples: [
        [NOW - 31 * DAY, 1],
        [NOW - 2, 5],
      ],
    },
    { labels: { __name__: 'latency', job }, samples: [], histograms: [{ timestamp: NOW, schema: 99 }] },
    up(job, [NOW - 1, 7]),
  ];
  for (const [version, type, body] of [
    ['1', V1, writeRequest(bad('mixed 1'))],
    ['2', V2, request2(bad('mixed 2'))],
  ] as const) {
    const reply = await send(body, { type });
    expect(reply).toMatchObject({ status: 400, code: 'invalid_telemetry' });
    expect(reply.text).toContain('2 samples were stored, 3 were not');
    expect(reply.text).toMatch(/invalid_telemetry \(2\).*invalid_time \(1\)/);
    if (version === '2') expect(reply.headers.get('x-prometheus-remote-write-samples-written')).toBe('2');
    expect(await samplesOf(`mixed ${version}`)).toEqual([
      { at: -2, value: '5', flags: 0 },
      { at: -1, value: '7', flags: 0 },
    ]);
  }
  const broken = encoded('WriteRequest', { timeseries: [{ labels: [{ name: 'a', value: 'b' }] }] });
  expect(await send(Buffer.concat([broken, Buffer.from([10, 99, 1])]))).toMatchObject({
    code: 'invalid_protobuf',
  });
  // A series whose label ends beyond it, beside one that is good.
  const cut = Buffer.concat([Buffer.from([10, 3, 10, 99, 1]), writeRequest([up('cut', [NOW, 1])])]);
  expect(await send(cut)).toMatchObject({ status: 400, code: 'invalid_telemetry' });
  expect(await samplesOf('cut')).toHaveLength(1);
  // A reference to no symbol, a label without a value.
  const sample = { samples: [{ value: 1, timestamp: NOW }] };
  const v2 = encoded('Request', {
    symbols: ['', 'a'],
    timeseries: [
      { labelsRefs: [1, 9], ...sample },
      { labelsRefs: [1], ...sample },
    ],
  });
  const reply = await send(v2, { type: V2 });
  expect(reply).toMatchObject({ status: 400, code: 'invalid_telemetry' });
  expect(reply.text).toContain('0 samples were stored, 2 were not');
});

test('the door: content types, encodings, keys', async () => {
  const body = writeRequest([up('door', [NOW, 1])]);
  expect(await send(body, { type: 'application/x-protobuf;proto=other.Request' })).toMatchObject({
    status: 415,
  });
  expect(await send(body, { type: 'application/json' })).toMatchObject({
    status: 415,
    code: 'unsupported_media_type',
  });
  expect(await send(body, { encoding: 'br' })).toMatchObject({ status: 415, code: 'unsupported_encoding' });
  expect(await send(body, { encoding: 'gzip' })).toMatchObject({ status: 400, code: 'invalid_compression' });
  expect(await send(body, { authorization: '' })).toMatchObject({ status: 401 });
  const basic = (key: string) => `Basic ${Buffer.from(`prometheus:${key}`).toString('base64')}`;
  expect(await send(body, { authorization: basic('wrong') })).toMatchObject({ status: 401 });
  expect(await send(body, { authorization: basic(tilt.adminKey) })).toMatchObject({ status: 204 });
  // A block that says it unpacks to four gigabytes.
  const reply = await fetch(`${tilt.address}/api/v1/write`, {
    method: 'POST',
    headers: { 'content-type': V1, 'content-encoding': 'snappy', authorization: `Bearer ${tilt.adminKey}` },
    body: new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0]),
  });
  expect(reply.status).toBe(413);
});

test('a key of some models sends series that name one of them', async () => {
  const { body: key } = await tilt.json('POST', '/api/v1/keys', {
    name: 'bound',
    scopes: ['ingest'],
    models: ['ours'],
  });
  const authorization = `Bearer ${key.secret}`;
  const named = (tiltmeter_model: string): Series => ({
    labels: { __name__: 'up', job: 'bound', tiltmeter_model },
    samples: [[NOW, 1]],
  });
  expect(await send(writeRequest([named('ours')]), { authorization })).toMatchObject({ status: 204 });
  expect(await send(writeRequest([named('theirs'), up('bound', [NOW, 1])]), { authorization })).toMatchObject(
    {
      status: 403,
      code: 'model_not_allowed',
    },
  );
  expect(await samplesOf('bound')).toHaveLength(1);
});

test('the samples of a series are told with no labels but those that it is known by', async () => {
  const { body: key } = await tilt.json('POST', '/api/v1/keys', {
    name: 'of one model',
    scopes: ['ingest'],
    models: ['mine'],
  });
  const authorization = `Bearer ${key.secret}`;
  const seriesWith = (labels: object[], sample: object) =>
    Buffer.concat([encoded('TimeSeries', { labels }), encoded('TimeSeries', { samples: [sample] })]);
  const said = (model: string) => [
    { name: '__name__', value: 'up' },
    { name: 'job', value: `late-${model}` },
    { name: 'tiltmeter_model', value: model },
  ];
  const request = (series: Buffer) => Buffer.concat([Buffer.from([0x0a, series.length]), series]);
  const sent = seriesWith(said('mine'), { value: 1, timestamp: NOW });
  expect(await send(request(sent), { authorization })).toMatchObject({ status: 204 });
  // What they begin with is the same, so they are known by the same; the rest is of another model, and of another day.
  const late = (sample: Buffer, labels: object[]) =>
    Buffer.concat([sample, encoded('TimeSeries', { labels })]);
  const none = seriesWith([], { value: 1, timestamp: NOW - DAY });
  for (const series of [late(none, said('mine')), late(none, said('not-mine'))])
    expect(await send(request(series), { authorization })).toMatchObject({
      status: 400,
      code: 'invalid_telemetry',
    });
  expect(await query("SELECT * FROM tiltmeter.metric_series WHERE ServiceName = 'late-not-mine'")).toEqual(
    [],
  );
});

test('a series of nothing but the ends of series costs no more than its reading', () => {
  const end = [0x12, 9, 9, 2, 0, 0, 0, 0, 0, 0xf0, 0x7f];
  const series = Buffer.from(Array.from({ length: 90_000 }, () => end).flat());
  const began = performance.now();
  const { stale } = readSamples(series, 0, series.length, { samples: 2, histograms: 4 });
  expect(stale.size).toBe(90_000);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('metadata of version 1 comes by itself, and reaches series that came before it', async () => {
  const series = writeRequest([
    { labels: { __name__: 'rpc_seconds_bucket', job: 'said', le: '1' }, samples: [[NOW - 5, 1]] },
  ]);
  expect(await send(series)).toMatchObject({ status: 204 });
  const metadata = [
    { type: 3, metricFamilyName: 'rpc_seconds', help: 'How long calls took', unit: 'seconds' },
  ];
  expect(await send(writeRequest([], metadata))).toMatchObject({ status: 204 });
  const next = {
    labels: { __name__: 'rpc_seconds_bucket', job: 'said', le: '1' },
    samples: [[NOW, 2]] as const,
  };
  expect(await send(writeRequest([next]))).toMatchObject({ status: 204 });
  expect(
    await query(
      "SELECT MetricType AS type, MetricDescription AS help FROM tiltmeter.metric_series FINAL WHERE ServiceName = 'said'",
    ),
  ).toEqual([{ type: 'histogram', help: 'How long calls took' }]);
});

test('a request of more samples than it may have: those beyond are refused, and cost no more than their reading', async () => {
  // Empty samples, of two bytes each.
  const many = Buffer.concat([
    encoded('TimeSeries', { labels: [{ name: '__name__', value: 'm' }] }),
    Buffer.alloc(300_000, Buffer.from([0x12, 0])),
  ]);
  const body = Buffer.concat([writeRequest([up('beside', [NOW, 1])]), encodedWithin(many)]);
  expect(await send(body)).toMatchObject({ status: 422, code: 'event_too_large' });
  expect(await samplesOf('beside')).toHaveLength(1);
});

/** A series as field 1 of a request. */
function encodedWithin(series: Buffer): Buffer {
  const length: number[] = [];
  let left = series.length;
  for (; left > 127; left >>>= 7) length.push((left & 127) | 128);
  return Buffer.concat([Buffer.from([0x0a, ...length, left]), series]);
}
