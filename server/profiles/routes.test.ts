import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

let tiltmeter: TestApp;
beforeAll(async () => {
  tiltmeter = await startTestApp();
});
afterAll(() => tiltmeter.stop());

const START = Date.UTC(2026, 9, 1);
const HOUR = 3_600_000;
const base = '/api/v1/models/flow';
const at = (hour: number) => new Date(START + hour * HOUR).toISOString();

test('from predictions over HTTP to the distribution of a column against its reference', async () => {
  const predictions = Array.from({ length: 3000 }, (_, i) => ({
    model: 'flow',
    version: 'v1',
    id: `p${i}`,
    time: START + Math.floor(i / 50) * HOUR + (i % 50) * 1000,
    features: {
      'sepal length (cm)': (i % 89) + (i < 2000 ? 0 : 45),
      city: i < 2000 || i % 2 ? 'Paris' : 'Lyon',
    },
    prediction: i % 3 === 0,
    score: (i % 50) / 50,
    latency_ms: 5 + (i % 7),
  }));
  expect((await tiltmeter.json('POST', '/api/v1/predictions', predictions)).body).toMatchObject({
    stored: 3000,
  });
  await tiltmeter.app.runJob('models');

  const references = (await tiltmeter.json('GET', `${base}/references`)).body;
  expect(references.items).toMatchObject([{ kind: 'automatic', default: true }]);
  const column = `${base}/columns/${encodeURIComponent('sepal length (cm)')}`;
  const range = `from=${at(40)}&to=${START + 60 * HOUR}`;
  const distribution = (await tiltmeter.json('GET', `${column}/distribution?${range}`)).body;
  expect(distribution).toMatchObject({
    column: 'sepal length (cm)',
    type: 'numeric',
    from: at(40),
    to: at(60),
    reference: { kind: 'automatic', from: at(0), to: at(24) },
    moments: { reference: { n: 1200 }, current: { n: 1000, min: 45 } },
    score: { id: 'js_distance_base2', status: 'ok', threshold: 0.1 },
  });
  expect(distribution.score.low).toBeGreaterThan(0.1);
  expect(distribution.sentence).toMatch(/^Shifted up by 1\.\d σ/);
  const counted = distribution.bins.reduce((sum: number, bin: { current: number }) => sum + bin.current, 0);
  expect(counted).toBe(1000);

  const timeline = (
    await tiltmeter.json('GET', `${base}/columns/city/timeline?from=${at(0)}&to=${at(60)}&step=${12 * HOUR}`)
  ).body;
  expect(timeline.points.map(({ time, n }: { time: string; n: number }) => [time, n])).toEqual(
    [0, 12, 24, 36, 48].map((hour) => [at(hour), 600]),
  );
  expect(timeline.points[4]).toMatchObject({ new: 300, top: { Paris: 0.5, Lyon: 0.5 } });
  for (const special of ['_prediction', '_score', '_latency_ms', '_error']) {
    expect(
      (await tiltmeter.json('GET', `${base}/columns/${special}/timeline`)).body.points.length,
      special,
    ).toBe(24);
    expect(
      (await tiltmeter.json('GET', `${base}/columns/${special}/distribution`)).body.score.status,
      special,
    ).toBe('ok');
  }
});

test('a segment that predictions are not split by says so, instead of nothing', async () => {
  const of = (what: string) => tiltmeter.json('GET', `${base}/columns/city/${what}?segment=plan%3Dgold`);
  const sentence = 'Predictions are not split by plan: add it to the segments of the model';
  expect((await of('distribution')).body).toMatchObject({ score: { status: 'not_split' }, sentence });
  expect((await of('timeline')).body).toMatchObject({ points: [], empty: { reason: 'not_split', sentence } });
});

test('references are added, chosen and removed, and bad requests get their code', async () => {
  const fixed = await tiltmeter.json('POST', `${base}/references`, {
    kind: 'fixed',
    name: 'week one',
    from: at(0),
    to: at(30),
    default: false,
  });
  expect([fixed.status, fixed.body.default]).toEqual([201, false]);
  expect(
    (
      await tiltmeter.json('POST', `${base}/references`, {
        kind: 'fixed',
        name: 'week one',
        from: at(0),
        to: at(30),
      })
    ).body.error.code,
  ).toBe('conflict');
  expect(
    (await tiltmeter.json('POST', `${base}/references`, { kind: 'fixed', name: 'x', from: at(2), to: at(1) }))
      .body.error.code,
  ).toBe('invalid_request');
  expect(
    (
      await tiltmeter.json('POST', '/api/v1/models/none/references', {
        kind: 'rolling',
        name: 'x',
        window_ms: 1,
      })
    ).status,
  ).toBe(404);
  const chosen = await tiltmeter.json('PATCH', `${base}/references/${fixed.body.id}`, { default: true });
  expect(chosen.body).toMatchObject({ name: 'week one', default: true });
  expect((await tiltmeter.json('DELETE', `${base}/references/${fixed.body.id}`)).status).toBe(204);
  expect((await tiltmeter.json('GET', `${base}/columns/city/distribution`)).body).toMatchObject({
    reference: null,
    score: { status: 'no_reference' },
  });
  expect((await tiltmeter.json('GET', `${base}/columns/city/distribution?reference=nothing`)).status).toBe(
    404,
  );
  expect((await tiltmeter.json('GET', `${base}/columns/none/distribution`)).status).toBe(404);
  expect(
    (await tiltmeter.json('GET', `${base}/columns/city/timeline?from=${at(2)}&to=${at(1)}`)).body.error.code,
  ).toBe('invalid_request');
});

test('a CSV file over HTTP', async () => {
  const csv = `sepal length (cm),city\n${Array.from({ length: 100 }, (_, i) => `${i},Paris`).join('\n')}`;
  const reply = await fetch(`${tiltmeter.address}${base}/references/file?name=training&default=false`, {
    method: 'POST',
    body: csv,
    headers: { authorization: `Bearer ${tiltmeter.adminKey}`, 'content-type': 'text/csv' },
  });
  expect([reply.status, await reply.json()]).toMatchObject([
    201,
    { kind: 'file', default: false, options: { rows: 100 } },
  ]);
});
