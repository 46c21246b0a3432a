import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { text } from '../otlp-requests.testing.ts';

const NOW = Date.parse('2026-03-20T12:00:00Z');
const [ONE, TWO, SHORT] = [
  '83a9efd15c1c98a977e0711cc93ee28b',
  'b'.repeat(32),
  `${'0'.repeat(16)}${'5'.repeat(16)}`,
];
const BASE = '/api/v1/jaeger/api';
/** Microseconds. */
const at = (ms: number) => (NOW + ms) * 1000;

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
  const of = (service: string, scope: object, spans: object[], more: object[] = []) => ({
    resource: { attributes: [text('service.name', service), ...more] },
    scopeSpans: [{ scope, spans }],
  });
  const sent = {
    resourceSpans: [
      of('gateway', {}, [span(ONE, '909541b92cf05311', { name: 'POST /score', kind: 3, from: -60, to: 40 })]),
      of(
        'churn',
        { name: 'telemetrygen', version: '2' },
        [
          span(ONE, 'e127af99e3b3e074', {
            ...{
              parentSpanId: '909541b92cf05311',
              name: 'predict',
              kind: 2,
              from: -50,
              to: 20.123,
              traceState: 'a=b',
            },
            attributes: [text('net.peer.ip', '1.2.3.4')],
            status: { code: 2, message: 'feature store is slow' },
            events: [{ timeUnixNano: nanos(-15), name: 'retry', attributes: [text('n', '1')] }],
            links: [{ traceId: TWO, spanId: '2'.repeat(16) }],
          }),
        ],
        [text('host.name', 'm1')],
      ),
      of('churn', {}, [
        span(TWO, '2'.repeat(16), { name: 'load', kind: 1, from: -5000, to: -4999, status: { code: 1 } }),
        span(SHORT, '3'.repeat(16), { name: 'predict', kind: 0, from: -9000, to: -8000 }),
      ]),
    ],
  };
  // Exporters send again what was not answered in time.
  for (let i = 0; i < 2; i++)
    expect(await tilt.json('POST', '/v1/traces', sent)).toMatchObject({ status: 200, body: {} });
});
afterAll(() => tilt.stop());

const nanos = (ms: number) => String(BigInt(Math.round((NOW + ms) * 1e3)) * 1000n);
const span = (
  traceId: string,
  spanId: string,
  { from, to, ...more }: { from: number; to: number; [key: string]: unknown },
) => ({
  ...{ traceId, spanId, startTimeUnixNano: nanos(from), endTimeUnixNano: nanos(to), ...more },
});

const ask = async (path: string, key?: string | null) => tilt.json('GET', BASE + path, undefined, key);
const search = async (query: Record<string, string | number>) => {
  const given = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const { status, body } = await ask(`/traces?${given}`);
  expect({ status, errors: body.errors }).toEqual({ status: 200, errors: null });
  return body.data.map(({ traceID }: { traceID: string }) => traceID);
};
const string = (key: string, value: string) => ({ key, type: 'string', value });

test('services, and the operations of one in both forms', async () => {
  const rest = { limit: 0, offset: 0, errors: null };
  expect((await ask('/services')).body).toEqual({ data: ['churn', 'gateway'], total: 2, ...rest });
  const operations = [
    { name: 'load', spanKind: 'internal' },
    { name: 'predict', spanKind: 'server' },
    { name: 'predict', spanKind: 'unspecified' },
  ];
  expect((await ask('/operations?service=churn')).body).toEqual({ data: operations, total: 3, ...rest });
  expect((await ask('/operations?service=churn&spanKind=server')).body.data).toEqual([operations[1]]);
  expect((await ask('/services/churn/operations')).body.data).toEqual(['load', 'predict']);
  expect((await ask('/services/nobody/operations')).body.data).toEqual([]);
});

test('which service called which: a span that was sent twice counts once, a call within a service not at all', async () => {
  const called = { parent: 'gateway', child: 'churn', callCount: 1 };
  const { status, body } = await ask(`/dependencies?endTs=${NOW}&lookback=604800000`);
  expect(status).toBe(200);
  expect(body).toEqual({ data: [called], total: 1, limit: 0, offset: 0, errors: null });
  expect((await ask('/dependencies')).body.data).toEqual([called]);
  expect((await ask(`/dependencies?endTs=${NOW - 60_000}&lookback=1000`)).body.data).toEqual([]);
  expect(await ask('/dependencies?endTs=never')).toMatchObject({ status: 400, body: { data: null } });
});

test('a trace, by the rules of OpenTelemetry for Jaeger, each span once', async () => {
  const { status, body } = await ask(`/traces/${ONE}?prettyPrint=true`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 1, errors: null });
  expect(body.data).toEqual([
    {
      traceID: ONE,
      spans: [
        {
          ...{ traceID: ONE, spanID: '909541b92cf05311', operationName: 'POST /score', references: [] },
          ...{ startTime: at(-60), duration: 100_000, logs: [], processID: 'p1', warnings: null },
          tags: [string('span.kind', 'client')],
        },
        {
          ...{ traceID: ONE, spanID: 'e127af99e3b3e074', operationName: 'predict' },
          references: [
            { refType: 'CHILD_OF', traceID: ONE, spanID: '909541b92cf05311' },
            { refType: 'FOLLOWS_FROM', traceID: TWO, spanID: '2'.repeat(16) },
          ],
          ...{ startTime: at(-50), duration: 70_123, processID: 'p2', warnings: null },
          tags: [
            string('otel.scope.name', 'telemetrygen'),
            string('otel.scope.version', '2'),
            string('net.peer.ip', '1.2.3.4'),
            string('span.kind', 'server'),
            string('otel.status_code', 'ERROR'),
            string('otel.status_description', 'feature store is slow'),
            { key: 'error', type: 'bool', value: true },
            string('w3c.tracestate', 'a=b'),
          ],
          logs: [{ timestamp: at(-15), fields: [string('event', 'retry'), string('n', '1')] }],
        },
      ],
      processes: {
        p1: { serviceName: 'gateway', tags: [] },
        p2: { serviceName: 'churn', tags: [string('host.name', 'm1')] },
      },
      warnings: null,
    },
  ]);
});

describe('a search', () => {
  test.each([
    ['by service, newest first', { service: 'churn' }, [ONE, TWO, SHORT]],
    ['by operation', { service: 'churn', operation: 'load' }, [TWO]],
    ['the newest', { service: 'churn', limit: 1 }, [ONE]],
    ['from, microseconds', { service: 'churn', start: at(-6000) }, [ONE, TWO]],
    ['until', { service: 'churn', end: at(-1000) }, [TWO, SHORT]],
    ['at least as long', { service: 'churn', minDuration: '0.5s' }, [SHORT]],
    ['at most as long', { service: 'churn', maxDuration: '100ms' }, [ONE, TWO]],
    ['by a tag', { service: 'churn', tag: 'net.peer.ip:1.2.3.4' }, [ONE]],
    ['by a tag of the process', { service: 'churn', tags: '{"host.name":"m1"}' }, [ONE]],
    ['by error', { service: 'churn', tags: '{"error":"true"}' }, [ONE]],
    ['by no error', { service: 'churn', tags: '{"error":"false"}' }, [TWO, SHORT]],
    ['by the kind of span', { service: 'churn', tags: '{"span.kind":"internal"}' }, [TWO]],
    ['by all tags', { service: 'churn', tags: '{"error":"true","host.name":"m2"}' }, []],
    ['by an id', { traceID: TWO }, [TWO]],
  ])('%s', async (_, query, found) => expect(await search(query)).toEqual(found));

  test('has all spans of a trace, of other services too, though they lie outside of its time', async () => {
    const { body } = await ask(`/traces?service=churn&start=${at(-55)}&end=${at(0)}`);
    expect(body.data[0].spans).toHaveLength(2);
  });

  test('by several ids leaves out those that nothing came of', async () => {
    const { body } = await ask(`/traces?traceID=${TWO}&traceID=${'c'.repeat(32)}&traceID=${ONE}`);
    expect(body.data.map(({ traceID }: { traceID: string }) => traceID)).toEqual([TWO, ONE]);
  });

  test('says what limit held', async () => {
    expect((await ask('/traces?service=churn&limit=1500')).body.limit).toBe(200);
  });
});

test('an id whose first zeros were left out', async () => {
  expect((await ask(`/traces/${'5'.repeat(16)}`)).body.data[0].traceID).toBe(SHORT);
});

test.each([
  ['/traces', 400, 'service'],
  ['/traces?service=churn&minDuration=long', 400, 'minDuration'],
  ['/traces?service=churn&minDuration=2s&maxDuration=1s', 400, 'minDuration'],
  ['/traces?service=churn&start=2&end=1', 400, 'start'],
  ['/traces?service=churn&tags=%5B1%5D', 400, 'tags'],
  ['/traces?service=churn&tags=%7B', 400, 'tags'],
  ['/traces?service=churn&tag=key', 400, 'tag'],
  ['/traces?service=churn&limit=0', 400, 'limit'],
  ['/traces/no-id', 400, 'hexadecimal'],
  [`/traces/${'c'.repeat(32)}`, 404, 'no span'],
  ['/operations', 400, 'service'],
])('%s is answered as Jaeger does', async (path, status, message) => {
  const reply = await ask(path);
  expect(reply.status).toBe(status);
  expect(reply.body).toEqual({
    ...{ data: null, total: 0, limit: 0, offset: 0 },
    errors: [{ code: status, msg: expect.stringContaining(message) }],
  });
});

test.each([
  ['may not read', 401, null],
  ['may send only', 403, { scopes: ['ingest'] }],
  [
    'may read one model only: a trace goes through services of all',
    403,
    { scopes: ['read'], models: ['churn'] },
  ],
])('who %s is refused', async (name, status, may) => {
  const made = may && (await tilt.json('POST', '/api/v1/keys', { name, ...may }));
  if (made !== null) expect(made.status).toBe(201);
  const key = made === null ? null : made.body.secret;
  for (const path of ['/services', '/services/churn/operations', '/traces?service=churn', `/traces/${ONE}`])
    expect(await ask(path, key)).toMatchObject({ status, body: { errors: [{ code: status }] } });
});

test('a trace of more spans than are shown among others says so', async () => {
  const spans = Array.from({ length: 501 }, (_, i) => ({
    ...span('d'.repeat(32), (i + 1).toString(16).padStart(16, '0'), {
      name: 'step',
      from: -100_000 + i,
      to: 0,
    }),
  }));
  const resource = { attributes: [text('service.name', 'long')] };
  await tilt.json('POST', '/v1/traces', { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
  const [among] = (await ask('/traces?service=long')).body.data;
  expect({ shown: among.spans.length, warnings: among.warnings }).toEqual({
    ...{ shown: 500, warnings: ['The first 500 of 501 spans are shown'] },
  });
  const [alone] = (await ask(`/traces/${'d'.repeat(32)}`)).body.data;
  expect({ shown: alone.spans.length, warnings: alone.warnings }).toEqual({ shown: 501, warnings: null });
});

test('a trace of very many spans pushes no other out of a search', async () => {
  const { lake } = tilt.app.ctx;
  const now = tilt.app.ctx.clock();
  await lake.command(
    `INSERT INTO tiltmeter.otel_traces (Timestamp, TraceId, SpanId, SpanName, ServiceName)
      SELECT fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {trace:String}, leftPad(hex(number), 16, '0'), 'step', 'huge' FROM numbers(100001)`,
    { at: now - 60_000, trace: 'e'.repeat(32) },
  );
  await lake.command(
    `INSERT INTO tiltmeter.otel_traces (Timestamp, TraceId, SpanId, SpanName, ServiceName)
      VALUES (fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {trace:String}, '00000000000000ff', 'step', 'huge')`,
    { at: now - 1000, trace: 'f'.repeat(32) },
  );
  const found: { traceID: string; warnings: unknown }[] = (await ask('/traces?service=huge')).body.data;
  expect(found.map(({ traceID, warnings }) => ({ traceID, warnings }))).toEqual([
    { traceID: 'f'.repeat(32), warnings: null },
    { traceID: 'e'.repeat(32), warnings: ['The first 500 of at least 50000 spans are shown'] },
  ]);
});
