import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../../stats/random.ts';
import { startTestApp, type TestApp } from '../../../../test/app.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-01-05T00:00:00Z');
const HOURS = 24 * 40;
/** An hour of ten times the usual traffic. */
const SPIKE = 24 * 35 + 3;

let now = START + (HOURS + 1) * HOUR;
let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
  await tilt.json('POST', '/api/v1/models', { id: 'm', task: 'binary' });
});
afterAll(() => tilt.stop());

async function send(from: number, to: number): Promise<void> {
  const next = random(from + 1);
  const rows: object[] = [];
  for (let hour = from; hour < to; hour++) {
    const usual = 20 + 10 * Math.sin((2 * Math.PI * hour) / 24) + randomNormal(next);
    const n = Math.round(hour === SPIKE ? 300 : usual);
    for (let i = 0; i < n; i++)
      rows.push({ model: 'm', id: `${hour}-${i}`, time: START + hour * HOUR + i * 1_000, prediction: i % 2 });
  }
  for (let i = 0; i < rows.length; i += 5_000)
    expect((await tilt.json('POST', '/api/v1/predictions', rows.slice(i, i + 5_000))).status).toBe(200);
  for (let i = 0; i < 3; i++) {
    now += 60_000;
    await tilt.app.runJob('models');
  }
}

test('an anomaly of a signal becomes an alert once, as its preview said, and the API shows it with its forecast', async () => {
  const options = { series: 'volume/count' };
  expect((await tilt.json('POST', '/api/v1/monitors', { model: 'm', kind: 'anomaly', options })).status).toBe(
    201,
  );
  await send(0, HOURS);
  const path = `/api/v1/models/m/signals?kind=anomaly&fold=none&from=${START}&to=${now}`;
  const { body } = await tilt.json('GET', path);
  const over = body.items[0].points.filter(
    ({ value, time }: { value: number; time: string }) =>
      value > 2 && Date.parse(time) >= START + 24 * 14 * HOUR,
  );
  expect(over.map(({ time }: { time: string }) => (Date.parse(time) - START) / HOUR)).toContain(SPIKE);
  const shown = await tilt.json(
    'GET',
    `/api/v1/models/m/anomalies?series=volume/count&from=${START + 24 * 30 * HOUR}&to=${now}`,
  );
  expect(shown.body).toMatchObject({ layer: 'serving', unit: 'predictions', season_ms: expect.any(Number) });
  const found = shown.body.points.filter(({ anomalous }: { anomalous: boolean }) => anomalous);
  expect(found.map(({ time }: { time: string }) => (Date.parse(time) - START) / HOUR)).toEqual([SPIKE]);
  const calm = shown.body.points.filter(
    ({ low, high, value }: { low: number; high: number; value: number }) => value >= low && value <= high,
  );
  expect(calm.length / shown.body.points.length).toBeGreaterThan(0.88);
  expect(shown.body.suggested.high).toBeGreaterThan(30);
  const preview = await tilt.json('POST', '/api/v1/monitors/preview', {
    model: 'm',
    kind: 'anomaly',
    options,
    days: 20,
  });
  expect(preview.body).toMatchObject({ fired: 1, series: 1 });
});

test('what cannot be is refused, and what has no values says so', async () => {
  const monitor = (series?: string) =>
    tilt.json('POST', '/api/v1/monitors', {
      model: 'm',
      kind: 'anomaly',
      options: series === undefined ? {} : { series },
    });
  expect((await monitor()).body.error.message).toMatch('must name a signal');
  expect((await monitor('nothing/at_all')).body.error.message).toMatch('no signal of a kind nothing');
  expect((await monitor('volume/latency')).body.error.message).toMatch('has no metric latency');
  expect((await monitor('anomaly/surprise')).status).toBe(400);
  const empty = await tilt.json('GET', '/api/v1/models/m/anomalies?series=volume/other');
  expect(empty.body).toMatchObject({
    layer: null,
    points: [],
    changes: [],
    suggested: { reason: 'not_enough_data' },
  });
  expect((await tilt.json('GET', '/api/v1/models/nobody/anomalies?series=volume/count')).status).toBe(404);
});
