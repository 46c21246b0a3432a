import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectPrometheus } from './client.ts';
import type { Prometheus } from './prometheus.ts';

const MATRIX = {
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [
      {
        metric: { of: 'value' },
        values: [
          [1.001, '2.5'],
          [2, 'NaN'],
          [3, '+Inf'],
          [4, ''],
        ],
      },
    ],
  },
};
let answer: (request: IncomingMessage, reply: ServerResponse) => void;
let asked: { headers: IncomingMessage['headers']; url: string; body: URLSearchParams }[] = [];
let now = 1_000_000;
let url: string;
let prometheus: Prometheus;

const server = createServer(async (request, reply) => {
  const body = new URLSearchParams(await text(request));
  asked.push({ headers: request.headers, url: request.url!, body });
  answer(request, reply);
});
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prom/`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answer = (_, reply) => reply.end(JSON.stringify(MATRIX));
  prometheus = connectPrometheus({ url, token: 'secret' }, () => now);
});

const range = { from: 0, to: 60_000, stepMs: 30_000 };
const said = (status: number, body: string) => {
  answer = (_, reply) => {
    reply.statusCode = status;
    reply.setHeader('location', 'http://127.0.0.1:9/elsewhere');
    reply.end(body);
  };
};

test('a query is asked once, with the token; what is no number is left out, and readers share the answer for 15 s', async () => {
  const [one, two] = await Promise.all([prometheus.range('up', range), prometheus.range('up', range)]);
  expect(one).toEqual([{ labels: { of: 'value' }, points: [[1001, 2.5]] }]);
  expect(two).toBe(one);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    url: '/prom/api/v1/query_range',
    headers: { authorization: 'Bearer secret' },
  });
  expect(Object.fromEntries(asked[0]!.body)).toMatchObject({
    query: 'up',
    start: '0',
    end: '60',
    step: '30',
  });
  now += 16_000;
  await prometheus.range('up', range);
  expect(asked).toHaveLength(2);
  expect(prometheus.away).toBeNull();
});

test.each([
  [302, '', 'it answered 302'],
  [401, '{}', 'it answered 401'],
  [502, '<html>', 'it answered 502'],
])('%d is away, and it is left alone for ten seconds', async (status, body, why) => {
  said(status, body);
  await expect(prometheus.range('up', range)).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(prometheus.away).toEqual({ since: now, why });
  await expect(prometheus.range('other', range)).rejects.toThrow(why);
  expect(asked).toHaveLength(1);
  now += 11_000;
  answer = (_, reply) => reply.end(JSON.stringify(MATRIX));
  await prometheus.range('other', range);
  expect(prometheus.away).toBeNull();
});

test('a refused query is told by what is wrong with it, and others go on; ten minutes after it was last asked no more', async () => {
  said(400, '{"status":"error","errorType":"bad_data","error":"parse error: unexpected end"}');
  await expect(prometheus.range('up{', range)).rejects.toThrow('parse error: unexpected end');
  answer = (_, reply) => reply.end(JSON.stringify(MATRIX));
  expect(await prometheus.range('up', range)).toHaveLength(1);
  expect(prometheus.away?.why).toBe('parse error: unexpected end');
  now += 11 * 60_000;
  expect(prometheus.away).toBeNull();
});

test.each([
  '',
  'null',
  '{"status":"success"}',
  '{"status":"success","data":{"resultType":"vector","result":[]}}',
])('an answer that is none is refused: %s', async (body) => {
  said(200, body);
  await expect(prometheus.range('up', range)).rejects.toThrow('without a matrix');
});

test('an answer without an end is given up at 8 MiB', async () => {
  answer = (_, reply) => {
    const more = () => {
      while (!reply.destroyed && reply.write(' '.repeat(65_536)));
    };
    reply.on('drain', more);
    more();
  };
  await expect(prometheus.range('up', range)).rejects.toThrow('larger than 8 MiB');
});

test('at most four queries are under way', async () => {
  let running = 0;
  let most = 0;
  answer = (_, reply) => {
    most = Math.max(most, ++running);
    setImmediate(() => {
      running--;
      reply.end(JSON.stringify(MATRIX));
    });
  };
  await Promise.all(Array.from({ length: 20 }, (_, i) => prometheus.range(`up ${i}`, range)));
  expect(asked).toHaveLength(20);
  expect(most).toBeLessThanOrEqual(4);
});
