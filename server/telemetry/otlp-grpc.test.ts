import { once } from 'node:events';
import { connect } from 'node:http2';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { framed } from '../http/grpc/message.ts';
import { logs } from './kinds/logs.ts';
import { metrics } from './kinds/metrics.ts';
import { traces } from './kinds/traces.ts';
import { encoded, NOW, nanos, partial, request, span, text } from './otlp-requests.testing.ts';

let tilt: TestApp;
let client: Client;
beforeAll(async () => {
  tilt = await startTestApp({
    clock: () => NOW,
    grpcPort: 0,
    limits: { pace: { bytes: 10_240, ms: 1000 }, wastedBytes: 1e9 },
  });
  client = new Client(`127.0.0.1:${tilt.app.grpcPort}`, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await tilt.stop();
});

interface Called {
  readonly code: number;
  readonly message: string;
  readonly partial?: ReturnType<typeof partial>;
  readonly metadata?: Metadata;
}

/** One call of the official client, with the admin key in its metadata. */
function call(
  { service }: { readonly service: string },
  body: Uint8Array,
  { key = `Bearer ${tilt.adminKey}`, compression = 0, method = 'Export' } = {},
): Promise<Called> {
  const metadata = new Metadata();
  if (key !== '') metadata.set('authorization', key);
  if (compression > 0) metadata.set('grpc-internal-encoding-request', 'gzip');
  const raw = (bytes: Buffer) => bytes;
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      `/${service}/${method}`,
      raw,
      raw,
      Buffer.from(body),
      metadata,
      (error: ServiceError | null, answer?: Buffer) =>
        resolve(
          error === null
            ? { code: 0, message: '', partial: partial(answer!) }
            : { code: error.code, message: error.details, metadata: error.metadata },
        ),
    );
  });
}

const rows = (table: string, columns = 'count() AS n') =>
  tilt.app.ctx.lake.query(`SELECT ${columns} FROM tiltmeter.${table} ORDER BY 1`);

const gauge = encoded('NumberDataPoint', { timeUnixNano: nanos(NOW), asDouble: 4.5 });
const within = (field: number, ...parts: Buffer[]) => {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([(field << 3) | 2, bytes.length]), bytes]);
};

test('spans, log lines and points, by the official client', async () => {
  expect(await call(traces, request([span(), span()], 'by-grpc'))).toEqual({
    ...{ code: 0, message: '', partial: null },
  });
  const line = encoded('LogRecord', { timeUnixNano: nanos(NOW), body: { stringValue: 'a line' } });
  expect(await call(logs, request([line], 'by-grpc'))).toMatchObject({ code: 0 });
  const metric = Buffer.concat([encoded('Metric', { name: 'queue' }), within(5, within(1, gauge))]);
  expect(await call(metrics, request([metric], 'by-grpc'))).toMatchObject({ code: 0 });
  expect(await rows("otel_traces WHERE ServiceName = 'by-grpc'")).toEqual([{ n: 2 }]);
  expect(await rows("otel_logs WHERE ServiceName = 'by-grpc'", 'Body')).toEqual([{ Body: 'a line' }]);
  expect(await rows("otel_metrics_gauge WHERE ServiceName = 'by-grpc'", 'MetricName AS name, Value')).toEqual(
    [{ name: 'queue', Value: 4.5 }],
  );
});

test('a bad record beside good ones, one of them with an attribute of 10 MB: told in the partial success', async () => {
  const bad = [
    span({ startTimeUnixNano: '0' }),
    span({ attributes: [text('a', 'x'.repeat(10_000_000))] }),
    Buffer.from([0x0a, 0x10, 0x01]),
  ];
  const { code, partial: told } = await call(traces, request([span(), ...bad], 'partly'));
  expect(code).toBe(0);
  expect(told?.rejected).toBe(3);
  for (const reason of ['invalid_time (1)', 'event_too_large (1)', 'invalid_telemetry (1)'])
    expect(told?.errorMessage).toContain(reason);
  expect(await rows("otel_traces WHERE ServiceName = 'partly'")).toEqual([{ n: 1 }]);
});

describe('refused, with the code that exporters know what to do with', () => {
  const whole = request([span(), span()], 'refused');
  test.each<[string, () => Promise<Called>, number, RegExp]>([
    ['no key', () => call(traces, whole, { key: '' }), 16, /^not_authenticated/],
    ['a wrong key', () => call(traces, whole, { key: 'Bearer nothing' }), 16, /^not_authenticated/],
    ['cut off', () => call(traces, whole.subarray(0, whole.length - 5)), 3, /^invalid_protobuf/],
    ['not protobuf', () => call(logs, Buffer.from('hello, world')), 3, /^invalid_protobuf/],
    ['nothing stored', () => call(traces, request([span({ startTimeUnixNano: '1' })])), 3, /nothing was/],
    ['too large', () => call(traces, Buffer.alloc(17 * 1024 * 1024)), 8, /^body_too_large/],
    ['no such method', () => call(traces, whole, { method: 'Import' }), 12, /no such service/],
  ])('%s', async (_name, called, code, message) => {
    expect(await called()).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('what is too much now says when to come again', async () => {
    const { ingest } = tilt.app;
    const held = ingest.reserve('somebody else');
    held.take(ingest.limits.queueBytes - 1000);
    const second = ingest.reserve('bootstrap');
    second.take(500);
    try {
      const { code, metadata } = await call(
        traces,
        request([span({ attributes: [text('a', 'x'.repeat(2000))] })]),
      );
      expect(code).toBe(8);
      const [details] = metadata!.get('grpc-status-details-bin');
      expect(String(details)).toContain('google.rpc.RetryInfo');
    } finally {
      held.release();
      second.release();
    }
  });
  test('nothing of it was stored', async () => {
    expect(await rows("otel_traces WHERE ServiceName = 'refused'")).toEqual([{ n: 0 }]);
  });
});

/** A call as any program may write it: its frames, and what came back. */
async function frames(
  headers: Record<string, string>,
  pieces: readonly Buffer[],
  end = true,
): Promise<Record<string, unknown>> {
  const session = connect(`http://127.0.0.1:${tilt.app.grpcPort}`);
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/${traces.service}/Export`,
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: `Bearer ${tilt.adminKey}`,
      ...headers,
    });
    stream.on('error', () => {});
    const answered = once(stream, 'response');
    for (const piece of pieces) stream.write(piece);
    if (end) stream.end();
    const [head] = await answered;
    stream.resume();
    const trailers: Record<string, unknown>[] = [];
    stream.on('trailers', (all) => trailers.push(all));
    if (!stream.closed) await once(stream, 'close');
    return { ...head, ...trailers[0] };
  } finally {
    session.destroy();
  }
}

describe('what no client sends', () => {
  const message = () => framed(request([span()], 'frames'));
  const bomb = () => {
    const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const whole = framed(packed);
    whole[0] = 1;
    return whole;
  };
  test.each<[string, Record<string, string>, () => Buffer[], object]>([
    ['whole', {}, () => [message()], { ':status': 200, 'grpc-status': '0' }],
    ['byte by byte', {}, () => [...message()].map((byte) => Buffer.from([byte])), { 'grpc-status': '0' }],
    ['another content type', { 'content-type': 'application/json' }, () => [message()], { ':status': 415 }],
    ['ends within the prefix', {}, () => [Buffer.from([0, 0])], { 'grpc-status': '3' }],
    ['ends within the message', {}, () => [message().subarray(0, -3)], { 'grpc-status': '3' }],
    ['two messages', {}, () => [message(), message()], { 'grpc-status': '3' }],
    ['nothing', {}, () => [], { 'grpc-status': '3' }],
    ['a flag that is none', {}, () => [Buffer.from([7, 0, 0, 0, 0])], { 'grpc-status': '3' }],
    ['compressed by nothing', {}, () => [Buffer.from([1, 0, 0, 0, 0])], { 'grpc-status': '3' }],
    ['a bomb', { 'grpc-encoding': 'gzip' }, () => [bomb()], { 'grpc-status': '8' }],
    ['a gigabyte, by its word', {}, () => [Buffer.from([0, 64, 0, 0, 0])], { 'grpc-status': '8' }],
  ])('%s', async (_name, headers, pieces, answer) => {
    expect(await frames(headers, pieces())).toMatchObject(answer);
  });

  test('a message that does not come is not waited for', async () => {
    expect(await frames({}, [], false)).toMatchObject({ 'grpc-status': '4' });
    expect(await frames({}, [Buffer.from([0, 0, 0, 1, 0, 10])], false)).toMatchObject({ 'grpc-status': '4' });
  });

  test('a connection that pings on and on is closed', async () => {
    const session = connect(`http://127.0.0.1:${tilt.app.grpcPort}`);
    session.on('error', () => {});
    await once(session, 'connect');
    const ping = () =>
      new Promise<void>((resolve) => {
        if (!session.ping(() => resolve())) resolve();
      });
    let pings = 0;
    for (; pings < 2000 && !session.destroyed; pings++) await ping();
    expect(pings).toBeGreaterThan(900);
    expect(session.destroyed).toBe(true);
  });

  test('it goes on for others', async () => {
    expect(await call(traces, request([span()], 'after'))).toMatchObject({ code: 0 });
    expect(await rows("otel_traces WHERE ServiceName = 'frames'")).toEqual([{ n: 2 }]);
  });
});

test('a port that is taken is no reason not to start', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const second = await startTestApp({ grpcPort: port });
  try {
    expect(second.app.grpcPort).toBeUndefined();
    expect((await second.json('GET', '/healthz')).status).toBe(200);
  } finally {
    await second.stop();
    other.close();
  }
});
