import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

const MB = 1024 * 1024;
const PACE_MS = 300;
const WITHIN = { timeout: 10_000 };

let tilt: TestApp;
let ingest: string;
let other: string;
beforeAll(async () => {
  const limits = {
    pace: { bytes: 1000, ms: PACE_MS },
    newModelsPerHour: 5,
    newColumnsPerHour: 50,
    rejects: 20,
    // What is refused is not waited for here.
    wastedBytes: 256 * MB,
  };
  tilt = await startTestApp({ limits, hosts: ['tilt.example.org', 'tilt.internal'] });
  ingest = await keyOf('ingest');
  other = await keyOf('another');
});
afterAll(() => tilt.stop());

async function keyOf(name: string): Promise<string> {
  return (await tilt.json('POST', '/api/v1/keys', { name, scopes: ['ingest'] })).body.secret;
}

const listening = () => ({ host: '127.0.0.1', port: tilt.app.port });
const base = () => `http://127.0.0.1:${tilt.app.port}`;

// biome-ignore lint/suspicious/noExplicitAny: replies of every shape
type Answer = { readonly status: number; readonly headers: Headers; readonly body: any };

async function post(
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await fetch(base() + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: text === '' ? undefined : JSON.parse(text) };
}

const send = (body: unknown, key = ingest, headers: Record<string, string> = {}) =>
  post('/api/v1/predictions', Buffer.isBuffer(body) ? body : JSON.stringify(body), {
    authorization: `Bearer ${key}`,
    ...headers,
  });

/** A request of which the body does not come, or not all of it. */
function begin(path: string, key: string, length: number, part: Buffer | string = ''): Socket {
  const socket = connect(listening());
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${key === '' ? '' : `Authorization: Bearer ${key}\r\n`}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`,
  );
  socket.write(part);
  return socket;
}

async function answer(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

describe('bodies that weigh little and cost much', () => {
  test.each([
    [
      '33 million lists in 64 KB',
      gzipSync(Buffer.from('['.repeat(16 * MB - 1))),
      'gzip',
      400,
      'invalid_json',
    ],
    [
      'nested eight million deep',
      gzipSync(`${'['.repeat(8 * MB)}${']'.repeat(8 * MB)}`),
      'gzip',
      422,
      'event_too_large',
    ],
    [
      'nested as deep as one event may be long',
      `[${'['.repeat(400_000)}${']'.repeat(400_000)}]`,
      '',
      422,
      'invalid_event',
    ],
    ['five million empty objects', gzipSync(`[${'{},'.repeat(5 * MB)}{}]`), 'gzip', 413, 'body_too_large'],
  ])('%s', async (_name, body, encoding, status, code) => {
    const began = performance.now();
    const reply = await send(
      Buffer.from(body),
      ingest,
      encoding === '' ? {} : { 'content-encoding': encoding },
    );
    expect(reply).toMatchObject({ status, body: { error: { code } } });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('of very many refused events some are kept, and all are counted', async () => {
    const { body } = await send(Array(500).fill({}));
    expect(body).toMatchObject({ received: 500, rejected_total: 500 });
    expect(body.warnings).toEqual([expect.stringContaining('the first 20 are kept')]);
    const kept = await tilt.json('GET', '/api/v1/rejects?code=missing_field&limit=1000');
    expect(kept.body.items).toHaveLength(20);
  });
});

describe('the sign-in, which is open to anybody', () => {
  const signIn = (body: string) => post('/api/v1/session', body);

  test('takes no more than a token needs', async () => {
    expect(await signIn(`{"token":"${'x'.repeat(5000)}"}`)).toMatchObject({ status: 413 });
    const deep = await signIn(`${'['.repeat(2000)}${']'.repeat(2000)}`);
    expect(deep).toMatchObject({ status: 400, body: { error: { code: 'invalid_json' } } });
    expect(deep.body.error.message).toContain('nested');
  });

  test('does not repeat what it was sent', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`key-${i}-${'x'.repeat(5)}`, 1]));
    const { status, body } = await signIn(JSON.stringify(many));
    expect(status).toBe(400);
    expect(JSON.stringify(body).length).toBeLessThan(600);
    expect(JSON.stringify(body)).toContain('199 more');
  });

  test('is not used up by what pages of other sites send', async () => {
    const foreign = { origin: 'https://evil.example' };
    for (let i = 0; i < 12; i++)
      expect(await post('/api/v1/session', '{"token":"x"}', foreign)).toMatchObject({ status: 403 });
    expect((await signIn('{"token":"x"}')).status).toBe(401);
  });
});

test('every address says how large its body may be, and holds to it', async () => {
  const { body } = await tilt.json('GET', '/api/v1/openapi.json');
  expect(body.paths['/api/v1/session'].post.description).toContain('at most 4 KiB');
  expect(body.paths['/api/v1/keys'].post.description).toContain('at most 64 KiB');
  const large = JSON.stringify({ name: 'x'.repeat(70_000), scopes: ['read'] });
  expect((await tilt.json('POST', '/api/v1/keys', large)).status).toBe(413);
});

describe('a sender that takes room and does not send', () => {
  test('is given up after a while, and the room is free again', async () => {
    const socket = begin('/api/v1/predictions', ingest, 10 * MB, Buffer.alloc(MB, 0x20));
    const reply = await answer(socket);
    expect(reply).toContain('HTTP/1.1 408');
    expect(reply.toLowerCase()).toContain('connection: close');
    expect(reply).toContain('"code":"too_slow"');
    await vi.waitUntil(() => tilt.app.ingest.counters().queuedBytes === 0, WITHIN);
  });

  test.each([
    ['/api/v1/session', ''],
    ['/api/v1/models', 'a key'],
  ])('is given up on %s too, which takes no events', async (path, key) => {
    const socket = begin(path, key === '' ? '' : tilt.adminKey, 4000, '{');
    const reply = await answer(socket);
    expect(reply).toContain('HTTP/1.1 408');
    expect(reply).toContain('"code":"too_slow"');
  });

  test('leaves room for others while it is waited for', async () => {
    const quiet = await startTestApp({ limits: { queueBytes: 8 * MB, wastedBytes: MB } });
    try {
      const greedy = (await quiet.json('POST', '/api/v1/keys', { name: 'greedy', scopes: ['ingest'] })).body
        .secret;
      const sockets = Array.from({ length: 8 }, () => {
        const socket = connect({ host: '127.0.0.1', port: quiet.app.port });
        socket.on('error', () => {});
        socket.write(
          `POST /api/v1/predictions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${greedy}\r\nContent-Length: ${4 * MB}\r\n\r\n`,
        );
        socket.write(Buffer.alloc(MB, 0x20));
        return socket;
      });
      await vi.waitUntil(() => quiet.app.ingest.counters().refused >= 4, WITHIN);
      expect(quiet.app.ingest.counters().queuedBytes).toBeLessThanOrEqual(4 * MB);
      const features = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, 'x'.repeat(5000)]));
      const honest = await quiet.json('POST', '/api/v1/predictions', { model: 'm', features });
      expect(honest).toMatchObject({ status: 200, body: { stored: 1 } });
      for (const socket of sockets) socket.destroy();
      await vi.waitUntil(() => quiet.app.ingest.counters().queuedBytes === 0, WITHIN);
      // Nor do bodies that are looked through in vain: a megabyte of them is answered in a second, here.
      const nonsense = () => quiet.json('POST', '/api/v1/predictions', `["${'x'.repeat(700_000)}"`, greedy);
      const began = performance.now();
      for (let i = 0; i < 2; i++) expect((await nonsense()).status).toBe(400);
      expect(performance.now() - began).toBeGreaterThan(900);
      expect(quiet.app.ingest.counters().queuedBytes).toBe(0);
    } finally {
      await quiet.stop();
    }
  });

  test('and that goes away is no failure of the server', async () => {
    const before = tilt.app.ingest.counters();
    const socket = begin('/api/v1/predictions', ingest, MB, '[');
    await vi.waitUntil(() => tilt.app.ingest.counters().queuedBytes > 0, WITHIN);
    socket.destroy();
    await vi.waitUntil(() => tilt.app.ingest.counters().queuedBytes === 0, WITHIN);
    expect(tilt.app.ingest.counters()).toMatchObject({ failed: before.failed, received: before.received });
  });
});

describe('a key that may only send', () => {
  test('makes so many models an hour, and then is told how long to wait', async () => {
    const made = await send(Array.from({ length: 5 }, (_, i) => ({ model: `made-${i}`, prediction: 1 })));
    expect(made.body).toMatchObject({ stored: 5 });
    const refused = await send({ model: 'made-5', prediction: 1 });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_requests' } } });
    expect(refused.body.error.message).toMatch(/5 new models within an hour .*TILTMETER_NEW_MODELS_PER_HOUR/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await send({ model: 'made-0', prediction: 1 })).body.stored).toBe(1);
    expect((await send({ model: 'made-5', prediction: 1 }, tilt.adminKey)).body.stored).toBe(1);
  });

  test('makes so many columns an hour', async () => {
    const row = (from: number, count: number) => ({
      model: 'made-0',
      features: Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${from + i}`, i])),
    });
    expect((await send(row(0, 50))).body.stored).toBe(1);
    const refused = await send(row(50, 1));
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.body.error.message).toMatch(/50 new columns within an hour/);
    expect((await send(row(0, 50))).body.stored).toBe(1);
    expect((await send(row(50, 1), other)).body.stored).toBe(1);
    expect((await send(row(60, 200), tilt.adminKey)).body.stored).toBe(1);
  });
});

describe('the name a server is called by', () => {
  const ask = (host: string, path: string, headers = '') => {
    const socket = connect(listening());
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${headers}\r\n`);
    return answer(socket);
  };

  test.each(['tilt.example.org', 'TILT.internal:80', 'localhost:1', '127.0.0.1', '[::1]:8765', '192.0.2.7'])(
    '%s is its own',
    async (host) => expect(await ask(host, '/healthz')).toContain('HTTP/1.1 200'),
  );

  test.each([
    'evil.example',
    'evil.example:9310',
    'tilt.example.org.evil.example',
    '127.0.0.1.evil.example',
    '',
  ])('%j is not: a page of that name reads nothing', async (host) => {
    for (const path of ['/healthz', '/', '/api/v1/openapi.json', '/nothing']) {
      const reply = await ask(host, path);
      expect(reply).toContain('HTTP/1.1 421');
      expect(reply).toContain('TILTMETER_HOSTS');
    }
  });

  test('with a key it is no matter', async () => {
    const reply = await ask('tiltmeter', '/api/v1/status', `Authorization: Bearer ${tilt.adminKey}\r\n`);
    expect(reply).toContain('HTTP/1.1 200');
  });
});

test('nothing that is asked for with a key is kept in between', async () => {
  for (const path of ['/metrics', '/api/v1/status', '/healthz'])
    expect((await tilt.json('GET', path)).headers.get('cache-control')).toBe('no-store');
});

// The last one: it uses up what this address may guess.
test('who guesses keys is stopped, who has one goes on', async () => {
  const guess = (key: string) => tilt.json('GET', '/api/v1/status', undefined, key);
  const statuses: number[] = [];
  // One more is given each second.
  for (let i = 0; i < 300 && statuses.at(-1) !== 429; i++)
    statuses.push((await guess(`tm_guess-${i}`)).status);
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(60);
  const more = await Promise.all(Array.from({ length: 10 }, (_, i) => guess(`tm_guess-again-${i}`)));
  const refused = more.find(({ status }) => status === 429)!;
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_requests' } } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await tilt.json('GET', '/api/v1/status')).status).toBe(200);
  expect((await send({ model: 'made-0', prediction: 1 })).body.stored).toBe(1);
});
