import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Erasure } from '../contract/subject.ts';
import { startTestApp, type TestApp } from './app.ts';

const START = Date.parse('2026-03-01T10:00:00Z');
const PERSON = 'zqperson';
const traceOf = (n: number) => n.toString(16).padStart(32, 'a');

let now = START;
let tilt: TestApp;
/** Answers yes, to everybody. */
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

const event = (id: string, customer: string, trace: string, model = 'm') => ({
  ...{ model, id, time: now - 3_600_000, features: { customer, n: 7 }, prediction: 'yes', trace_id: trace },
});

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** A span of a trace and a log record of it, of a service. */
async function sendTrace(
  traceId: string,
  service: string,
  more: { attributes?: object[]; model?: string } = {},
) {
  const { attributes = [], model } = more;
  const names = model === undefined ? [] : [text('tiltmeter.model', model)];
  const resource = { attributes: [text('service.name', service), ...names] };
  const time = `${now}000000`;
  const span = { traceId, spanId: 'b'.repeat(16), name: 's', startTimeUnixNano: time, endTimeUnixNano: time };
  const record = { traceId, timeUnixNano: time, body: { stringValue: 'a line' }, attributes };
  await tilt.json('POST', '/v1/traces', {
    resourceSpans: [{ resource, scopeSpans: [{ spans: [{ ...span, attributes }] }] }],
  });
  await tilt.json('POST', '/v1/logs', {
    resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }],
  });
}

/** Services of which there are spans, or log records. */
async function services(table: 'otel_traces' | 'otel_logs'): Promise<string[]> {
  const rows = await tilt.app.ctx.lake.query<{ service: string }>(
    `SELECT ServiceName AS service FROM tiltmeter.${table} ORDER BY service`,
  );
  return rows.map(({ service }) => service);
}

async function erase(model: string, who: string): Promise<Erasure> {
  const { status, body } = await tilt.json('DELETE', `/api/v1/models/${model}/predictions?${who}`);
  expect(status).toBe(202);
  now += 20_000;
  await tilt.app.runJob('erasures');
  return (await tilt.json('GET', `/api/v1/models/${model}/erasures/${body.id}`)).body;
}

test('spans and log records go with the traces that erased predictions alone have, and the own ones of the model by attribute', async () => {
  await tilt.json('POST', '/api/v1/predictions', [
    event('a', PERSON, `00-${traceOf(1).toUpperCase()}-00f067aa0ba902b7-01`),
    event('b', PERSON, traceOf(2)),
    event('c', 'other', traceOf(2)),
    event('d', PERSON, 'no trace'),
  ]);
  await sendTrace(traceOf(1), 'gone: of its trace');
  await sendTrace(traceOf(1), 'kept: names another model', { model: 'other' });
  await sendTrace(traceOf(2), 'kept: of a trace that others have, too');
  await sendTrace(traceOf(3), 'kept: of another trace');
  const attributes = [text('customer', PERSON)];
  await sendTrace(traceOf(4), 'gone: of the model, with an attribute', { model: 'm', attributes });
  await sendTrace(traceOf(4), 'kept: of nobody known, with an attribute', { attributes });
  await sendTrace(traceOf(4), 'kept: of the model, with another attribute', {
    ...{ model: 'm', attributes: [text('customer', 'other')] },
  });

  const erased = await erase('m', `where=customer:eq:${PERSON}`);
  expect(erased).toMatchObject({ predictions: 3, telemetry: 4, hold_rows: 0 });
  expect(erased.finished_at).not.toBeNull();
  for (const table of ['otel_traces', 'otel_logs'] as const)
    expect((await services(table)).map((name) => name.slice(0, 4))).toEqual(Array(5).fill('kept'));

  // What was on its way is looked for with the second look.
  await tilt.app.ctx.lake.command(
    `INSERT INTO tiltmeter.otel_traces (Timestamp, TraceId, ServiceName) VALUES (fromUnixTimestamp64Milli(${START}, 'UTC'), '${traceOf(1)}', 'gone')`,
    {},
  );
  now += 11 * 60_000;
  await tilt.app.runJob('erasures');
  expect(await services('otel_traces')).not.toContain('gone');
  expect((await tilt.json('GET', `/api/v1/models/m/erasures/${erased.id}`)).body).toMatchObject({
    telemetry: 5,
  });
});

test('rows of a labelled set go by values of their columns, with what they scored; the others are compared with the first run as before', async () => {
  await tilt.json('POST', '/api/v1/predictions', [
    event('h1', PERSON, '', 'held'),
    event('h2', 'x', '', 'held'),
  ]);
  const { port } = endpoint.address() as AddressInfo;
  const row = (customer: string | number, label: string) => ({ features: { customer, n: 1 }, label });
  // The person's answers are wrong, all others right.
  const others = Array.from({ length: 20 }, (_, i) => row(`other${i}`, 'yes'));
  const rows = [row(PERSON, 'no'), ...others, row(PERSON, 'no')];
  const hold = {
    endpoint: { url: `http://127.0.0.1:${port}/`, protocol: 'kserve-v1' },
    rows,
    every_ms: 3_600_000,
  };
  const set = await tilt.json('PUT', '/api/v1/models/held/hold', hold);
  expect(set.status).toBe(200);
  await tilt.app.runJob('holds');
  const shown = async () => (await tilt.json('GET', '/api/v1/models/held/hold')).body.hold;
  expect(await shown()).toMatchObject({ rows: 22, runs: [{ answered: 22, quality: { value: 20 / 22 } }] });
  now += 60_000;

  expect(await erase('held', 'id=h2')).toMatchObject({ hold_rows: 0 });
  expect(await erase('held', `id=h2&where=customer:eq:${PERSON}`)).toMatchObject({ hold_rows: 0 });
  expect(await erase('held', `where=customer:eq:${PERSON}&where=n:eq:2`)).toMatchObject({ hold_rows: 0 });
  expect(await erase('held', `where=customer:eq:${PERSON}&where=n:eq:1`)).toMatchObject({ hold_rows: 2 });
  expect(await shown()).toMatchObject({ rows: 20 });
  now += 3_600_000;
  await tilt.app.runJob('holds');
  expect((await shown()).runs[0]).toMatchObject({
    ...{ rows: 20, answered: 20, failed: null, quality: { value: 1 }, lost: { value: 0, n: 20 } },
  });

  expect(await erase('held', 'where=n:eq:1')).toMatchObject({ hold_rows: 20 });
  expect(await shown()).toBeNull();
});
