import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { auditVerifyQuery } from './audit-queries.ts';
import { alertsQuery } from './queries.ts';

afterEach(() => vi.unstubAllGlobals());

test('the alerts of a model are all of them, however many pages there are', async () => {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(request.url!);
    const cursor = Number(new URL(request.url!, 'http://x').searchParams.get('cursor') ?? 0);
    const items = Array.from({ length: cursor < 2 ? 1000 : 500 }, (_, i) => ({ id: `${cursor}-${i}` }));
    reply.setHeader('content-type', 'application/json');
    reply.end(JSON.stringify({ items, next_cursor: cursor < 2 ? String(cursor + 1) : null }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A browser asks the address that the page came from.
  const { fetch } = globalThis;
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => fetch(base + path, init));
  try {
    const { queryFn } = alertsQuery('credit risk');
    const ask = queryFn as unknown as (context: { signal: AbortSignal }) => Promise<{ items: unknown[] }>;
    const { items } = await ask({ signal: new AbortController().signal });
    expect(items).toHaveLength(2_500);
    expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(2_500);
    expect(asked).toHaveLength(3);
  } finally {
    server.close();
  }
});

test('the whole audit log is hashed once for an open page, not again and again', () => {
  expect(auditVerifyQuery.refetchInterval).toBe(false);
  expect(auditVerifyQuery.staleTime).toBeGreaterThanOrEqual(5 * 60_000);
});
