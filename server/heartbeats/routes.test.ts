import Fastify from 'fastify';
import { expect, test } from 'vitest';
import type { Actor, Ctx, Scope } from '../context.ts';
import { addRoute } from '../http/add-route.ts';
import { addErrorHandler } from '../http/failures.ts';
import { createRefusals } from '../http/refusals.ts';
import { createLog } from '../log.ts';
import { heartbeatRoutes } from './routes.ts';

test('an address sends 1,200 heartbeats a minute; then it is told when the next may come, and others go on', async () => {
  let now = 0;
  const monotonic = () => now;
  const log = createLog('silent');
  const actor: Actor = {
    kind: 'key',
    id: 'k',
    name: 'sender',
    scopes: new Set<Scope>(['ingest']),
    role: 'editor',
  };
  const ctx = { monotonic, settings: {} } as Ctx;
  const beats = heartbeatRoutes().find(({ method }) => method === 'POST')!;
  const refusals = createRefusals(log, monotonic);
  const http = Fastify();
  addErrorHandler(http, log, refusals, async () => {});
  const way = { authenticate: async () => actor, refusals, turn: async () => {} };
  addRoute(http, ctx, { ...beats, handle: async () => undefined }, { ...way, oneAtATime: (_of, answer) => answer() }); // biome-ignore format: one line
  const beat = (remoteAddress: string) =>
    http.inject({ method: 'POST', url: '/api/v1/heartbeats/nightly?state=ok', remoteAddress });

  const statuses = new Set<number>();
  for (let i = 0; i < 1200; i += 1) statuses.add((await beat('192.0.2.1')).statusCode);
  expect([...statuses]).toEqual([204]);

  const refused = await beat('192.0.2.1');
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['retry-after']).toBe('1');
  expect(refused.json().error).toMatchObject({
    code: 'too_many_requests',
    message: expect.stringContaining('more than 1200 requests a minute'),
  });
  expect((await beat('192.0.2.2')).statusCode).toBe(204);

  // A twentieth of a second is one of 1,200 a minute.
  now += 50;
  expect((await beat('192.0.2.1')).statusCode).toBe(204);
  expect((await beat('192.0.2.1')).statusCode).toBe(429);
  now += 60_000;
  expect((await beat('192.0.2.1')).statusCode).toBe(204);
});
