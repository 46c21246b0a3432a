import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter as command } from '../terminal.testing.ts';

let server: TestApp;
let model: Server;
let origin: string;

/** A score that adds up, so that what each feature is worth is known; what it does at other paths is in their names. */
const score = ({ x, y, country }: { x: number; y: number; country: string }) =>
  0.1 * x - 0.02 * y + (country === 'FR' ? 0.5 : 0);

beforeAll(async () => {
  server = await startTestApp();
  model = createServer(async (request, response) => {
    const { instances } = (await json(request)) as { instances: [never] };
    const replies: Record<string, () => void> = {
      '/score': () => response.end(JSON.stringify({ predictions: [score(instances[0])] })),
      '/label': () => response.end('{"predictions":["yes"]}'),
      '/nonsense': () => response.end('<html>'),
      '/hangs': () => {},
    };
    replies[request.url!]!();
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(model.address() as AddressInfo).port}`;
  const row = (id: string, i: number, features: object) => ({
    ...{ model: 'm', id, time: new Date(Date.UTC(2026, 10, 1, 0, i)).toISOString(), features, prediction: 1 },
  });
  await server.json('POST', '/api/v1/predictions', [
    row('p', 0, { x: 5, y: 10, country: 'FR' }),
    row('a', 1, { x: 1, y: 10, country: 'DE' }),
    row('b', 2, { x: 3, y: 30, country: 'DE' }),
  ]);
});
afterAll(async () => {
  model.closeAllConnections();
  model.close();
  await server.stop();
});

const explain = (path: string, ...more: string[]) =>
  command(['explain', 'm', 'p', '--endpoint', `${origin}${path}`, ...more], {
    TILTMETER_URL: server.address,
    TILTMETER_KEY: server.adminKey,
  });

test('what an answer is made of: contributions from the mean of other rows to it', async () => {
  const { exit, out } = await explain('/score', '--json');
  expect(exit).toBe(0);
  const found = JSON.parse(out);
  expect(found).toMatchObject({ model: 'm', id: 'p', exact: true, asked: 1 + 2 + 6 * 2 });
  expect(found.answer).toBeCloseTo(0.8, 12);
  expect(found.base).toBeCloseTo(-0.2, 12);
  const shares = Object.fromEntries(
    found.contributions.map(({ feature, contribution }: never) => [feature, contribution]),
  );
  expect(shares.x).toBeCloseTo(0.3, 9);
  expect(shares.y).toBeCloseTo(0.2, 9);
  expect(shares.country).toBeCloseTo(0.5, 9);
  expect((await explain('/score')).out).toMatch(/country +\+0\.5 +FR/);
});

test.each([
  ['/hangs', 'timeout'],
  ['/nonsense', 'not_json'],
  ['/label', 'no_number'],
])('an endpoint that cannot be explained (%s) is a named reason', async (path, reason) => {
  const { exit, err } = await explain(path, '--timeout', '1s');
  expect(exit).toBe(2);
  expect(err).toContain(`(${reason})`);
});
