import { request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { until } from '../../test/until.ts';
import { createRequests } from './requests.ts';

test('a request counts from its beginning until it is answered, or until nobody waits for it any more', async () => {
  let now = 0;
  const requests = createRequests(() => now);
  const http = Fastify();
  requests.watch(http);
  const gates: (() => void)[] = [];
  http.get('/', async () => {
    await new Promise<void>((resolve) => gates.push(resolve));
    return 'answered';
  });
  let posted = 0;
  http.addContentTypeParser('*', (_request, payload, done) => {
    posted++;
    payload.resume().once('end', () => done(null));
  });
  http.post('/', () => new Promise(() => {}));
  await http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = http.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;

  expect([requests.count(), requests.oldestMs()]).toEqual([0, 0]);
  const first = fetch(url);
  await until(() => requests.count() === 1);
  now = 30;
  const second = fetch(url);
  await until(() => gates.length === 2);
  now = 50;
  expect(requests.oldestMs()).toBe(50);
  gates[0]!();
  await (await first).text();
  await until(() => requests.count() === 1);
  expect(requests.oldestMs()).toBe(20);
  const gone = ask(url);
  gone.on('error', () => {});
  gone.end();
  await until(() => requests.count() === 2);
  gone.destroy();
  await until(() => requests.count() === 1);
  // What has not come whole yet waits for its sender.
  const sending = ask(`${url}`, { method: 'POST', headers: { 'content-length': 2 } });
  sending.on('error', () => {});
  sending.write('x');
  await until(() => posted === 1);
  expect(requests.count()).toBe(1);
  sending.end('y');
  await until(() => requests.count() === 2);
  // And what takes seconds says nothing about the others.
  now += 5001;
  expect([requests.count(), requests.oldestMs()]).toEqual([0, 0]);
  sending.destroy();
  gates[1]!();
  await (await second).text();
  await until(() => requests.count() === 0);
  gates[2]!();
  await http.close();
});
