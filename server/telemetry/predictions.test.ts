import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

const NOW = Date.parse('2026-03-20T12:00:00Z');
let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
});
afterAll(() => tilt.stop());

const value = (value: string | number | boolean) =>
  typeof value === 'string'
    ? { stringValue: value }
    : typeof value === 'boolean'
      ? { boolValue: value }
      : { doubleValue: value };
const attributes = (all: Record<string, string | number | boolean>) =>
  Object.entries(all).map(([key, one]) => ({ key, value: value(one) }));

const TRACE = 'ab'.repeat(16);
const answer = {
  'ml.model.version': '3',
  'ml.inference.prediction': 'approve',
  'ml.inference.score': 0.83,
  'ml.inference.duration': 0.012,
  'ml.inference.feature.age': 41,
  'ml.inference.feature.known': true,
  'ml.inference.probability.approve': 0.83,
  'ml.inference.probability.deny': 0.17,
  'ml.inference.attribution.age': 0.12,
  'something.else': 'left out',
};
const resource = { attributes: attributes({ 'service.name': 'churn' }) };
const record = (all: Record<string, string | number | boolean>, eventName = 'ml.inference') => ({
  ...{ eventName, traceId: TRACE, spanId: 'cd'.repeat(8), timeUnixNano: `${NOW}123456` },
  attributes: attributes(all),
});
const count = async (table: string) =>
  (await tilt.app.ctx.lake.query<{ n: number }>(`SELECT count() AS n FROM tiltmeter.${table}`))[0]!.n;
const stored = async () => (await tilt.json('GET', '/api/v1/models/churn/predictions')).body.items;

test('an answer in a log record is a prediction, once however often it is sent, and no log line', async () => {
  const bad = record({ ...answer, 'ml.inference.id': 'bad', 'ml.inference.score': 'high' });
  const records = [record(answer), bad, record({}, 'other')];
  const body = { resourceLogs: [{ resource, scopeLogs: [{ logRecords: records }] }] };
  for (let i = 0; i < 2; i++) {
    const { status, body: told } = await tilt.json('POST', '/v1/logs', body);
    expect(status).toBe(200);
    expect(told.partialSuccess).toMatchObject({ rejectedLogRecords: '1' });
    expect(told.partialSuccess.errorMessage).toMatch(/score/);
  }
  const items = await stored();
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    ...{ model: 'churn', version: '3', prediction: 'approve', score: 0.83, latency_ms: 12, trace_id: TRACE },
    features: { age: 41, known: true },
    probabilities: { approve: 0.83, deny: 0.17 },
    attributions: { age: 0.12 },
    time: '2026-03-20T12:00:00.000Z',
  });
  expect(await count('otel_logs')).toBe(2);
});

test('and in an event of a span', async () => {
  const event = {
    name: 'ml.inference',
    timeUnixNano: `${NOW}000000`,
    attributes: attributes({ ...answer, 'ml.inference.id': 'of-span' }),
  };
  const span = {
    ...{ traceId: TRACE, spanId: 'ef'.repeat(8), name: 'predict' },
    ...{ startTimeUnixNano: `${NOW}000000`, endTimeUnixNano: `${NOW + 8}000000`, events: [event] },
  };
  const body = { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] };
  expect(await tilt.json('POST', '/v1/traces', body)).toMatchObject({ status: 200, body: {} });
  expect((await stored()).map(({ id }: { id: string }) => id)).toContain('of-span');
  const { body: trace } = await tilt.json('GET', '/api/v1/models/churn/predictions/of-span/trace');
  expect(trace.spans).toMatchObject([{ name: 'predict', events: [] }]);
});
