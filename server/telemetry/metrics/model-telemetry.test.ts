import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-20T12:00:00Z');
const START = NOW - 3 * HOUR;

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
  await tilt.json('POST', '/api/v1/predictions', { model: 'churn', prediction: 1, time: NOW - HOUR });
});
afterAll(() => tilt.stop());

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const nanos = (ms: number) => `${ms}000000`;

async function send(service: string, pod: string, metrics: object[]): Promise<void> {
  const resource = { attributes: [text('service.name', service), text('host.name', pod)] };
  const body = { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] };
  expect(await tilt.json('POST', '/v1/metrics', body)).toMatchObject({ status: 200, body: {} });
}

const gauge = (name: string, values: readonly [ms: number, value: number][]) => ({
  name,
  gauge: { dataPoints: values.map(([ms, asDouble]) => ({ timeUnixNano: nanos(START + ms), asDouble })) },
});

const counter = (name: string, values: readonly [ms: number, value: number][]) => ({
  name,
  sum: {
    aggregationTemporality: 2,
    isMonotonic: true,
    dataPoints: values.map(([ms, asDouble]) => ({ timeUnixNano: nanos(START + ms), asDouble })),
  },
});

/** Requests so far, by bucket: up to 10 ms, up to 100 ms, above. */
const requests = (
  status: string,
  temporality: number,
  values: readonly [ms: number, counts: readonly [number, number, number]][],
) => ({
  name: 'http.server.request.duration',
  unit: 's',
  histogram: {
    aggregationTemporality: temporality,
    dataPoints: values.map(([ms, counts]) => ({
      ...{ timeUnixNano: nanos(START + ms), explicitBounds: [0.01, 0.1], bucketCounts: counts.map(String) },
      ...{ count: String(counts.reduce((a, b) => a + b)), sum: 1 },
      attributes: [{ key: 'http.response.status_code', value: { intValue: status } }],
    })),
  },
});

async function series(model = 'churn') {
  const { body } = await tilt.json('GET', `/api/v1/models/${model}/telemetry?from=${START}&to=${NOW}`);
  return new Map<
    string,
    { metric: string; instances: number; unit: string; points: { value: number; n: number }[] }
  >(body.series.map((each: { id: string }) => [each.id, each]));
}
const values = (found: Awaited<ReturnType<typeof series>>, id: string) =>
  found.get(id)?.points.map(({ value }) => Number(value.toFixed(6)));

test('before any metric came there is nothing, and the first one is told at once', async () => {
  expect(await series()).toEqual(new Map());
  await send('first', 'z', [gauge('process.cpu.utilization', [[0, 0.5]])]);
  expect(await series('churn')).toEqual(new Map());
  await tilt.json('POST', '/api/v1/models', { id: 'first', task: 'binary' });
  expect(values(await series('first'), 'cpu_share')).toEqual([0.5]);
});

test('machines: the mean of the instances, counters by their increase', async () => {
  await send('churn', 'a', [
    gauge('process.cpu.utilization', [
      [0, 0.2],
      [60_000, 0.4],
      [HOUR, 0.5],
    ]),
    gauge('k8s.pod.memory.working_set', [[0, 300e6]]),
    // A step without a point between, and a process that began anew.
    counter('process.cpu.time', [
      [0, 100],
      [HOUR, 1900],
      [2 * HOUR, 360],
    ]),
  ]);
  await send('churn', 'b', [gauge('process.cpu.utilization', [[0, 0.9]])]);
  await send('other', 'c', [gauge('process.cpu.utilization', [[0, 1]])]);
  const found = await series();
  expect(found.get('cpu_share')).toMatchObject({
    metric: 'process.cpu.utilization',
    instances: 2,
    unit: 'share',
  });
  expect(found.get('cpu_share')?.points).toMatchObject([
    { value: expect.closeTo(0.6, 9), low: expect.closeTo(0.3, 9), high: 0.9, n: 3 },
    { value: 0.5, n: 1 },
  ]);
  expect(values(found, 'memory')).toEqual([300]);
  expect(values(found, 'cpu_time')).toEqual([0.5, 0.1]);
});

test('requests: rate, share of 5xx and percentiles, counted up or in deltas', async () => {
  await send('churn', 'a', [
    requests('200', 2, [
      [0, [5, 0, 0]],
      [HOUR, [45, 40, 0]],
      [2 * HOUR, [10, 0, 0]],
    ]),
    requests('503', 1, [[HOUR, [0, 0, 20]]]),
  ]);
  const found = await series();
  // 80 within the hour since the point before; a delta is of the step that it is told in: 20 in five minutes. Then 10 in an hour.
  expect(values(found, 'request_rate')).toEqual([0.088889, 0.002778]);
  expect(values(found, 'server_errors')).toEqual([0.2, 0]);
  // 40 up to 10 ms, 40 up to 100 ms, 20 above.
  expect(values(found, 'latency_p50')).toEqual([32.5, 5]);
  expect(values(found, 'latency_p99')).toEqual([100, 9.9]);
  expect(found.get('latency_p50')?.points.map(({ n }) => n)).toEqual([100, 10]);
});

test('what a model runs on is tied to it by its settings', async () => {
  await tilt.json('POST', '/api/v1/predictions', { model: 'loans', prediction: 1, time: NOW - HOUR });
  expect((await series('loans')).size).toBe(0);
  const sources = [{ name: 'other', kind: 'deployment' }];
  expect(await tilt.json('PATCH', '/api/v1/models/loans', { sources })).toMatchObject({ status: 200 });
  expect(values(await series('loans'), 'cpu_share')).toEqual([1]);
  expect((await tilt.json('GET', '/api/v1/models/nobody/telemetry')).status).toBe(404);
});

test('what names a model is of that model alone, whatever its service, deployment or machine is called', async () => {
  await tilt.json('POST', '/api/v1/predictions', { model: 'owned', prediction: 1, time: NOW - HOUR });
  const sender = { name: 'sends owned', scopes: ['ingest'], models: ['owned'] };
  const { body: key } = await tilt.json('POST', '/api/v1/keys', sender);
  const attributes = [
    ...[text('tiltmeter.model', 'owned'), text('service.name', 'guarded')],
    ...[text('k8s.deployment.name', 'guarded'), text('host.name', 'shared')],
  ];
  const metrics = [gauge('process.cpu.utilization', [[0, 0.9]])];
  const body = { resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ metrics }] }] };
  expect((await tilt.json('POST', '/v1/metrics', body, key.secret)).status).toBe(200);
  const sources = [
    { name: 'guarded', kind: 'deployment' },
    { name: 'shared', kind: 'machine' },
  ];
  await tilt.json('POST', '/api/v1/models', { id: 'guarded', sources });
  expect((await series('guarded')).size).toBe(0);
  expect(values(await series('owned'), 'cpu_share')).toEqual([0.9]);
});
