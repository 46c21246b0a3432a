import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '../../contract/incident.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter } from '../terminal.testing.ts';

let server: TestApp;
let incident = '';
beforeAll(async () => {
  server = await startTestApp({ allowPrivateAddresses: true });
  await server.json('POST', '/api/v1/predictions', { model: 'm', id: '1', prediction: 'a' });
  // A job of the model that fails is an incident of it.
  await server.json('POST', '/api/v1/heartbeats/nightly?state=fail&model=m', {});
  await server.app.runJob('heartbeats');
  const { body } = await server.json<{ items: Incident[] }>('GET', '/api/v1/incidents');
  incident = body.items[0]!.id;
  await server.json('POST', '/api/v1/actions', {
    ...{ name: 'Retrain', kind: 'webhook', options: { address: 'http://127.0.0.1:9/' } },
  });
});
afterAll(() => server.stop());

const run = (...args: string[]) =>
  tiltmeter(['action', ...args, '--url', server.address, '--key', server.adminKey]);

test('an action is asked for by name, waits for a yes, and is not asked for twice', async () => {
  const asked = await run('ask', 'Retrain', '--incident', incident, '--reason', 'the backfill is done');
  expect(asked).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/^Asked for Retrain for m \(.+\): it waits for a yes until 20.+ UTC\.\n$/),
  });
  expect((await run('list', '--waiting')).out).toMatch(/Retrain +m +asked +the backfill is done/);
  expect(await run('ask', 'Retrain', '--incident', incident)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('Retrain waits for m already'),
  });
});

test('a name that is none says which there are', async () => {
  const wrong = await run('ask', 'Retrian', '--incident', incident);
  expect(wrong.exit).not.toBe(0);
  expect(wrong.err).toContain('There is no action Retrian; there are: Retrain');
});
