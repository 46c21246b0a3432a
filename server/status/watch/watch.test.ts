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
