import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { daysBefore } from '../store/lake/retention.ts';
import { packed, V1, writeRequest } from './remote-write/messages.testing.ts';

const DAY_MS = 86_400_000;
let now = Date.parse('2026-03-20T12:00:00Z');

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
});
afterAll(() => tilt.stop());

const log = (model: string, service: string, daysAgo: number) => ({
  resource: {
    attributes: [
      { key: 'service.name', value: { stringValue: service } },
      ...(model === '' ? [] : [{ key: 'tiltmeter.model', value: { stringValue: model } }]),
    ],
  },
  scopeLogs: [
    {
      logRecords: [
        { timeUnixNano: `${now - daysAgo * DAY_MS}000000`, body: { stringValue: `${service} ${daysAgo}` } },
      ],
    },
  ],
});

async function bodies(): Promise<string[]> {
  const rows = await tilt.app.ctx.lake.query<{ Body: string }>(
    'SELECT Body FROM tiltmeter.otel_logs ORDER BY Body',
  );
  return rows.map(({ Body }) => Body);
}

test('days that end before a moment', () => {
  expect(daysBefore(['2026-01-04', '2026-01-05', '202601'], Date.UTC(2026, 0, 5))).toEqual(['2026-01-04']);
});

test('whole days go when they are older than they are kept, and with a model what names it', async () => {
  await tilt.json('POST', '/api/v1/predictions', { model: 'churn', prediction: 1, time: now });
  const resourceLogs = [
    ...[log('churn', 'api', 0), log('', 'churn', 0), log('other', 'api', 0), log('', 'api', 0)],
    ...[log('', 'api', 12), log('', 'api', 29)],
  ];
  expect(await tilt.json('POST', '/v1/logs', { resourceLogs })).toMatchObject({ status: 200, body: {} });
  await tilt.json('PATCH', '/api/v1/storage/otel_logs', { days: 10 });
  await tilt.app.runJob('retention');
  expect(await bodies()).toEqual(['api 0', 'api 0', 'api 0', 'churn 0']);

  const series = ['churn', 'api'].map((job) => ({
    labels: { __name__: 'up', job },
    samples: [[now, 1]] as const,
  }));
  const written = await fetch(`${tilt.address}/api/v1/write`, {
    method: 'POST',
    headers: { 'content-type': V1, 'content-encoding': 'snappy', 'x-api-key': tilt.adminKey },
    body: packed(writeRequest(series)) as Uint8Array<ArrayBuffer>,
  });
  expect(written.status).toBe(204);

  now += 1000;
  expect(await tilt.json('DELETE', '/api/v1/models/churn?confirm=churn')).toMatchObject({ status: 204 });
  now += 20_000;
  await tilt.app.runJob('removals');
  expect(await bodies()).toEqual(['api 0', 'api 0']);
  expect(
    await tilt.app.ctx.lake.query(
      `SELECT count() AS samples, (SELECT groupArray(ServiceName) FROM tiltmeter.metric_series) AS jobs FROM tiltmeter.metric_samples`,
    ),
  ).toEqual([{ samples: 1, jobs: ['api'] }]);
});
