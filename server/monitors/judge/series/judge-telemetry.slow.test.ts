import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../../test/app.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-20T00:00:00Z');

let now = START;
let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
});
afterAll(() => tilt.stop());

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** An hour of a service: a prediction, its CPU, and its requests by status. */
async function hour(index: number, cpu: number, requests: Readonly<Record<string, number>>): Promise<void> {
  const time = START + index * HOUR;
  now = time + HOUR + 600_000;
  await tilt.json('POST', '/api/v1/predictions', {
    model: 'churn',
    prediction: 1,
    time: time + HOUR - 1_000,
  });
  const at = `${time + 1_800_000}000000`;
  const metrics = [
    { name: 'process.cpu.utilization', gauge: { dataPoints: [{ timeUnixNano: at, asDouble: cpu }] } },
    {
      name: 'http.server.request.duration',
      unit: 's',
      histogram: {
        aggregationTemporality: 1,
        dataPoints: Object.entries(requests).map(([status, n]) => ({
          ...{ timeUnixNano: at, explicitBounds: [0.1], bucketCounts: [`${n}`, '0'], count: `${n}`, sum: 1 },
          attributes: [{ key: 'http.response.status_code', value: { intValue: status } }],
        })),
      },
    },
  ];
  const resource = { attributes: [text('service.name', 'churn'), text('host.name', 'a')] };
  const body = { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] };
  if (index > 0) expect((await tilt.json('POST', '/v1/metrics', body)).status).toBe(200);
  // What is known of whether any metric came is a minute old at most.
  now += 120_000;
  for (let i = 0; i < 2; i++) {
    now += 60_000;
    await tilt.app.runJob('models');
  }
}

const monitors = async () =>
  (await tilt.json('GET', '/api/v1/monitors?model=churn&limit=100')).body.items.map(
    ({ kind, options }: { kind: string; options: { metric?: string } }) => `${kind} ${options.metric ?? ''}`,
  );
const alert = async (kind: string) =>
  (await tilt.json('GET', `/api/v1/alerts?model=churn&kind=${kind}`)).body.items.map(
    ({ metric, state, value, layer }: Record<string, unknown>) => ({ metric, state, value, layer }),
  );

test('monitors of telemetry come with it, judge it bucket by bucket, and stay removed', async () => {
  await hour(0, 0, {});
  expect((await monitors()).some((name: string) => name.startsWith('machines'))).toBe(false);
  await hour(1, 0.4, { '200': 990, '503': 10 });
  await hour(2, 0.4, { '200': 990, '503': 10 });
  const made = await monitors();
  expect(made).toEqual(expect.arrayContaining(['machines cpu_share', 'served_requests server_errors']));
  expect(made).not.toContain('machines restarts');
  for (const index of [3, 4, 5]) await hour(index, 0.98, { '200': 700, '404': 100, '503': 200 });
  expect(await alert('machines')).toContainEqual({
    ...{ metric: 'cpu_share', state: 'firing', layer: 'infrastructure', value: 0.98 },
  });
  expect(await alert('served_requests')).toContainEqual({
    ...{ metric: 'server_errors', state: 'firing', layer: 'serving', value: 0.2 },
  });
  const { body } = await tilt.json('GET', '/api/v1/monitors?model=churn&kind=machines');
  await tilt.json('DELETE', `/api/v1/monitors/${body.items[0].id}`);
  await hour(6, 0.4, { '200': 1_000 });
  expect(await monitors()).not.toContain('machines cpu_share');
});
