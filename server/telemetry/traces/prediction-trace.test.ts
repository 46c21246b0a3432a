import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';

const NOW = Date.parse('2026-03-20T12:00:00Z');
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER = 'aaaabbbbccccddddaaaabbbbccccdddd';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
});
afterAll(() => tilt.stop());

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const resource = (service: string) => ({ attributes: [text('service.name', service)] });
const nanos = (ms: number) => `${NOW + ms}000000`;
const trace = async (id: string) =>
  (await tilt.json('GET', `/api/v1/models/churn/predictions/${id}/trace`)).body;

const span = (id: string, parent: string, from: number, to: number, more: object = {}) => ({
  ...{
    traceId: TRACE.toUpperCase(),
    spanId: id.repeat(16),
    parentSpanId: parent.repeat(16),
    name: `span ${id}`,
  },
  ...{ kind: 2, startTimeUnixNano: nanos(from), endTimeUnixNano: nanos(to), ...more },
});

test('the trace and the log lines of a prediction, by its trace id', async () => {
  const prediction = { model: 'churn', prediction: 1, time: NOW };
  await tilt.json('POST', '/api/v1/predictions', [
    { ...prediction, id: 'a', trace_id: `00-${TRACE}-00f067aa0ba902b7-01` },
    { ...prediction, id: 'b', trace_id: OTHER },
    { ...prediction, id: 'c', trace_id: 'req-7' },
    { ...prediction, id: 'd' },
  ]);
  expect(await trace('a')).toMatchObject({ trace_id: TRACE, missing: 'nothing_connected' });

  const spans = {
    resourceSpans: [
      { resource: resource('gateway'), scopeSpans: [{ spans: [span('1', '', -50, 20)] }] },
      {
        resource: resource('churn'),
        scopeSpans: [
          {
            spans: [
              span('3', '2', -10, -5),
              span('2', '1', -20, 10, {
                status: { code: 2, message: 'feature store is slow' },
                attributes: [text('http.route', '/predict')],
                events: [{ timeUnixNano: nanos(-15), name: 'retry', attributes: [text('n', '1')] }],
              }),
            ],
          },
        ],
      },
    ],
  };
  const line = (traceId: string, body: string, at: number) => ({
    ...{
      traceId,
      spanId: '2222222222222222',
      timeUnixNano: nanos(at),
      severityNumber: 17,
      severityText: 'ERROR',
    },
    body: { stringValue: body },
  });
  const lines = [line(TRACE, 'timeout', -5), line(TRACE, 'retrying', -15), line(OTHER, 'of another', 0)];
  const logs = { resourceLogs: [{ resource: resource('churn'), scopeLogs: [{ logRecords: lines }] }] };
  // Exporters send again what was not answered in time.
  for (let i = 0; i < 2; i++) {
    expect(await tilt.json('POST', '/v1/traces', spans)).toMatchObject({ status: 200, body: {} });
    expect(await tilt.json('POST', '/v1/logs', logs)).toMatchObject({ status: 200, body: {} });
  }

  const found = await trace('a');
  expect(found).toMatchObject({
    trace_id: TRACE,
    missing: null,
    span_count: 3,
    log_count: 2,
    duration_ms: 70,
  });
  expect(found.spans).toMatchObject([
    {
      name: 'span 1',
      depth: 0,
      parent: null,
      service: 'gateway',
      offset_ms: 0,
      duration_ms: 70,
      status: 'unset',
    },
    {
      ...{ name: 'span 2', depth: 1, service: 'churn', offset_ms: 30, duration_ms: 30 },
      ...{
        status: 'error',
        status_message: 'feature store is slow',
        attributes: { 'http.route': '/predict' },
      },
      events: [{ name: 'retry', offset_ms: 35, attributes: { n: '1' } }],
    },
    { name: 'span 3', depth: 2, offset_ms: 40, duration_ms: 5 },
  ]);
  expect(found.logs).toMatchObject([
    { body: 'retrying', offset_ms: 35, severity: 'ERROR', severity_number: 17, span: '2222222222222222' },
    { body: 'timeout', offset_ms: 45 },
  ]);
  expect(await trace('b')).toMatchObject({ missing: null, span_count: 0, log_count: 1 });
  expect(await trace('c')).toMatchObject({ trace_id: null, missing: 'not_a_trace_id' });
  expect(await trace('d')).toMatchObject({ trace_id: null, missing: 'no_trace_id' });
  expect((await tilt.json('GET', '/api/v1/models/churn/predictions/z/trace')).status).toBe(404);
});

test('who may read some models only is shown what is theirs of a trace, and hides nothing of another', async () => {
  const keyOf = async (model: string) => {
    const key = { name: `key of ${model}`, scopes: ['ingest', 'read'], models: [model] };
    return (await tilt.json('POST', '/api/v1/keys', key)).body.secret as string;
  };
  const [own, other] = [await keyOf('owned'), await keyOf('curious')];
  const SHARED = 'c'.repeat(32);
  const prediction = { prediction: 1, time: NOW, trace_id: SHARED };
  await tilt.json('POST', '/api/v1/predictions', { ...prediction, model: 'owned', id: 'p' }, own);
  await tilt.json('POST', '/api/v1/predictions', { ...prediction, model: 'curious', id: 'p' }, other);
  const of = (model: string) => ({
    attributes: [text('service.name', 'owned'), text('tiltmeter.model', model)],
  });
  const send = (model: string, key: string, spans: object[], logs: object[]) =>
    Promise.all([
      tilt.json(
        'POST',
        '/v1/traces',
        { resourceSpans: [{ resource: of(model), scopeSpans: [{ spans }] }] },
        key,
      ),
      tilt.json(
        'POST',
        '/v1/logs',
        { resourceLogs: [{ resource: of(model), scopeLogs: [{ logRecords: logs }] }] },
        key,
      ),
    ]);
  const named = (name: string, id: string, from: number) => ({
    ...span(id, '', from, from + 5),
    ...{ traceId: SHARED, name },
  });
  const line = (body: string, at: number) => ({
    ...{ traceId: SHARED, timeUnixNano: nanos(at), body: { stringValue: body } },
  });
  await send('owned', own, [named('mine', '1', 10)], [line('mine', 10)]);
  // Of the same span, earlier, and more of them than are shown.
  const many = Array.from({ length: 600 }, (_, i) => i);
  const flood = many.map((i) => ({ ...named('theirs', '1', -20), spanId: i.toString(16).padStart(16, '2') }));
  await send(
    'curious',
    other,
    [named('theirs', '1', 0), ...flood],
    many.map((i) => line(`theirs ${i}`, -i)),
  );

  const seen = async (model: string, key?: string) => {
    const { body } = await tilt.json('GET', `/api/v1/models/${model}/predictions/p/trace`, undefined, key);
    return [
      body.spans.map(({ name }: { name: string }) => name),
      body.logs.map((each: { body: string }) => each.body),
    ];
  };
  expect(await seen('owned', own)).toEqual([['mine'], ['mine']]);
  expect((await seen('curious', other)).flat().filter((name) => name === 'mine')).toEqual([]);
  const all = await seen('owned');
  expect(all.map((names) => [names.length, names.filter((name: string) => name === 'mine').length])).toEqual([
    [500, 1],
    [500, 1],
  ]);
});
