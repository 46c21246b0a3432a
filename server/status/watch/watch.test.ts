import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';

let tilt: TestApp;
afterEach(() => tilt.stop());

const MINUTE = 60_000;

test('rows that are not rolled up are told on the status, at /readyz without a name and at /metrics, and forgotten afterwards', async () => {
  let now = Date.UTC(2026, 5, 15);
  tilt = await startTestApp({ clock: () => now });
  const rows = [{ model: 'credit-risk', id: 'a', time: new Date(now).toISOString(), prediction: 1 }];
  await tilt.json('POST', '/api/v1/predictions', rows);
  const look = async (minutes: number) => {
    // As every half a minute, without a pause.
    for (let i = 0; i < minutes; i++) {
      now += MINUTE;
      await tilt.app.runJob('watch');
    }
    return (await tilt.json('GET', '/api/v1/status')).body.troubles;
  };
  expect(await look(3)).toEqual([]);
  expect(await look(5)).toEqual([
    expect.objectContaining({
      kind: 'roll_up',
      model: 'credit-risk',
      sentence: expect.stringMatching(/^Tiltmeter has not rolled up credit-risk for \d min$/),
    }),
  ]);
  const ready = await tilt.json('GET', '/readyz', undefined, null);
  expect(ready.body.troubles).toEqual([expect.stringMatching(/^roll-up is behind: 1, for \d min$/)]);
  expect(JSON.stringify(ready.body)).not.toContain('credit-risk');
  const { body } = await tilt.json<string>('GET', '/metrics');
  expect(body).toMatch(/tiltmeter_troubles\{kind="roll_up"\} 1/);
  expect(body).toMatch(/tiltmeter_rollup_waiting_seconds\{model="credit-risk"\} [1-9]/);
  await tilt.app.runJob('models');
  expect(await look(1)).toEqual([]);
});

test('it is an incident of its own, told once, and over when the cause is', async () => {
  let now = Date.UTC(2026, 5, 15);
  tilt = await startTestApp({ clock: () => now, allowPrivateAddresses: true });
  await tilt.json('POST', '/api/v1/channels', {
    name: 'pager',
    kind: 'webhook',
    address: 'http://127.0.0.1:9/',
  });
  const row = { id: 'a', time: new Date(now).toISOString(), prediction: 1 };
  await tilt.json(
    'POST',
    '/api/v1/predictions',
    ['credit-risk', 'churn'].map((model) => ({ ...row, model })),
  );
  await tilt.json('PATCH', '/api/v1/models/churn', { name: 'Customer churn' });
  for (let i = 0; i < 9; i++) {
    now += MINUTE;
    await tilt.app.runJob('watch');
  }
  const incidents = async () => (await tilt.json('GET', '/api/v1/incidents')).body.items;
  expect(await incidents()).toEqual([
    expect.objectContaining({
      status: 'open',
      priority: 'P2',
      model: 'churn',
      model_names: ['Customer churn'],
      title: expect.stringMatching(
        /^Tiltmeter has not rolled up Customer churn for \d min \(and 1 more like it\)$/,
      ),
      alerts: [],
    }),
  ]);
  await tilt.app.runJob('models');
  now += MINUTE;
  await tilt.app.runJob('watch');
  const [over] = await incidents();
  expect(over).toMatchObject({ status: 'resolved', episode: 1 });
  const told = await tilt.app.ctx.ledger
    .selectFrom('outbox')
    .select(['event', 'sequence', 'payload'])
    .where('incident', '=', over.id)
    .orderBy('sequence')
    .execute();
  expect(told).toMatchObject([
    { event: 'opened', sequence: 1 },
    { event: 'resolved', sequence: 2 },
  ]);
  expect(JSON.parse(told[0]!.payload).text).toMatch(/^\[P2\] Customer churn: Tiltmeter has not/);
});

test('when nobody looks any more, that is what is told first', async () => {
  let now = Date.UTC(2026, 5, 15);
  tilt = await startTestApp({ clock: () => now });
  await tilt.app.runJob('watch');
  now += 12 * MINUTE;
  const { body } = await tilt.json('GET', '/api/v1/status');
  expect(body.troubles[0].sentence).toBe(
    'No server has looked after anything for 12 min: nothing is rolled up, judged or told',
  );
});

test('a receiver that answers 500 for an hour is told of, and gets everything in order afterwards, each once', async () => {
  let now = Date.UTC(2026, 5, 15);
  let broken = true;
  const taken: string[] = [];
  const hook = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      reply.statusCode = broken ? 500 : 200;
      const { event, incident } = JSON.parse(body);
      if (!broken) taken.push(`${incident.id} ${event}`);
      reply.end();
    });
  }).listen(0, '127.0.0.1');
  tilt = await startTestApp({ clock: () => now, allowPrivateAddresses: true });
  try {
    const { port } = hook.address() as AddressInfo;
    await tilt.json('POST', '/api/v1/channels', { name: 'pager', address: `http://127.0.0.1:${port}/` });
    const rows = [{ model: 'm', id: 'a', time: new Date(now).toISOString(), prediction: 1 }];
    await tilt.json('POST', '/api/v1/predictions', rows);
    const minutes = async (n: number) => {
      // Longer pauses would be sleep.
      for (const end = now + n * MINUTE; now < end; ) {
        now += 1.9 * MINUTE;
        await tilt.app.runJob('watch');
        await tilt.app.runJob('prices');
        await tilt.app.deliver();
      }
    };
    // It is not rolled up: an incident, which cannot be told.
    await minutes(10);
    await minutes(60);
    const { troubles } = (await tilt.json('GET', '/api/v1/status')).body;
    expect(troubles).toContainEqual(
      expect.objectContaining({
        kind: 'delivery',
        channel: 'pager',
        sentence: expect.stringMatching(
          /^Tiltmeter has not reached the channel pager for [67]\d min: \d messages wait: the receiver answered 500$/,
        ),
      }),
    );
    await tilt.app.runJob('models');
    await minutes(1);
    broken = false;
    await minutes(10);
    const { items } = (await tilt.json('GET', '/api/v1/incidents')).body;
    expect(items.map(({ status }: { status: string }) => status)).toEqual(['resolved', 'resolved']);
    expect([...taken].sort()).toEqual(
      items.flatMap(({ id }: { id: string }) => [`${id} opened`, `${id} resolved`]).sort(),
    );
    for (const { id } of items)
      expect(taken.filter((text) => text.startsWith(id))).toEqual([`${id} opened`, `${id} resolved`]);
    expect((await tilt.json('GET', '/api/v1/status')).body.troubles).toEqual([]);
  } finally {
    hook.close();
  }
});

test('a model with 10,000 versions: pages and profiles stay bounded, and it is told', async () => {
  let now = Date.UTC(2026, 5, 15, 12);
  tilt = await startTestApp({ clock: () => now });
  const rows = Array.from({ length: 10_000 }, (_, i) => ({
    model: 'builds',
    id: `p${i}`,
    time: now - 7_200_000 + i * 100,
    version: `build-${i}`,
    features: { age: i % 50 },
    prediction: i % 2 === 0 ? 'yes' : 'no',
  }));
  for (let i = 0; i < rows.length; i += 2_500)
    expect((await tilt.json('POST', '/api/v1/predictions', rows.slice(i, i + 2_500))).body.stored).toBe(
      2_500,
    );
  for (let i = 0; i < 3; i++) {
    now += 5 * MINUTE;
    await tilt.app.runJob('models');
  }
  await tilt.app.runJob('watch');
  expect((await tilt.json('GET', '/api/v1/status')).body.troubles).toEqual([
    expect.objectContaining({
      kind: 'versions',
      model: 'builds',
      sentence: expect.stringMatching(/^builds has sent more than 100 versions: /),
    }),
  ]);
  const [profiles] = await tilt.app.ctx.lake.query<{ n: number; rows: number }>(
    `SELECT uniqExact(version) AS n, count() AS rows FROM tiltmeter.profiles WHERE model = 'builds'`,
  );
  expect(profiles!.n).toBeLessThanOrEqual(101);
  const path = '/api/v1/models/builds';
  expect((await tilt.json('GET', path)).body).toMatchObject({ predictions: 10_000 });
  for (const page of [
    path,
    `${path}/columns`,
    `${path}/versions/comparison`,
    `${path}/signals`,
    '/api/v1/models',
  ]) {
    const reply = await tilt.json('GET', page);
    expect([page, reply.status]).toEqual([page, 200]);
    expect(JSON.stringify(reply.body).length, page).toBeLessThan(100_000);
  }
  const { body } = await tilt.json(
    'GET',
    `${path}/columns/age/distribution?from=2026-06-15T00:00:00Z&to=2026-06-16T00:00:00Z`,
  );
  expect(body.moments.current.n).toBe(10_000);
});
