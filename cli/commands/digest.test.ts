import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter } from '../terminal.testing.ts';

let server: TestApp;
let now = Date.UTC(2026, 10, 27, 6);
const told: { event: string; text: string; digest: { headline: string; from: string; to: string } }[] = [];
const receiver = createServer(async (request, response) => {
  told.push(JSON.parse(await text(request)));
  response.end();
});

beforeAll(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  server = await startTestApp({ allowPrivateAddresses: true, clock: () => now });
  await server.json('POST', '/api/v1/predictions', {
    model: 'm',
    id: '1',
    features: { age: 4 },
    prediction: 'a',
  });
  await server.app.runJob('models');
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await server.json('POST', '/api/v1/channels', { name: 'hook', address, tells: 'digests' });
});
afterAll(async () => {
  await server.stop();
  receiver.close();
});

const run = (...args: string[]) =>
  tiltmeter(['digest', ...args, '--url', server.address, '--key', server.adminKey]);

test('a digest is looked at, given to a channel, sent now and when it is due, and taken away', async () => {
  const looked = await run('preview', 'daily', '--zone', 'Europe/Berlin');
  expect([looked.exit, looked.out]).toEqual([
    0,
    expect.stringMatching(
      /^Nothing moved in 0 models; 1 not judged: m \(.+\)\nThu 26 Nov 07:00 to Fri 27 Nov 07:00, Europe\/Berlin\n/,
    ),
  ]);
  const given = await run('set', 'hook', 'daily', '--at', '07:30', '--days', 'fri,sat');
  expect([given.exit, given.out]).toEqual([0, 'hook gets a daily digest, next at 2026-11-27 07:30 UTC.\n']);
  expect((await run('list')).out).toMatch(/hook +daily +07:30 +fri,sat +UTC/);
  expect((await run('send', 'hook', 'daily')).exit).toBe(0);
  await server.app.deliver();
  now += 2 * 3_600_000;
  for (let i = 0; i < 2; i++) await server.app.runJob('digests');
  await server.app.deliver();
  expect(told.map(({ event, digest }) => [event, digest.from, digest.to])).toEqual([
    ['digest', '2026-11-26T06:00:00.000Z', '2026-11-27T06:00:00.000Z'],
    ['digest', '2026-11-21T07:30:00.000Z', '2026-11-27T07:30:00.000Z'],
  ]);
  expect(told[1]!.text).toBe(`Daily digest, late: ${told[1]!.digest.headline}`);
  expect((await run('remove', 'hook', 'daily')).exit).toBe(0);
  expect((await run('list')).out).toMatch(/^No channel gets a digest/);
  const [nobody, no] = [
    await run('set', 'nobody', 'daily'),
    await run('set', 'hook', 'daily', '--days', 'foo'),
  ];
  expect([nobody.exit, nobody.err, no.exit]).toEqual([2, expect.stringContaining('There are: hook'), 2]);
});
