import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Credentials, Mlflow, type MlflowError, type Send } from './client.ts';

let answer: Answer;
let asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url!);
  answer(request, response);
});
let address: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => void server.close());

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (status: number, body: unknown): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const page =
  (status: number): Answer =>
  (_, response) => {
    response.writeHead(status).end('<html>');
  };
const send: Send = async ({ method, address, headers, body, mostBytes }) => {
  const reply = await fetch(address, { method, headers, ...(body === undefined ? {} : { body }) });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  return { status: reply.status, body: bytes.length > mostBytes ? null : bytes };
};
let paused: number[] = [];
const pause = async (ms: number) => void paused.push(ms);
const client = (credentials: Credentials = {}, trackingUri = `${address}/`) =>
  new Mlflow({ trackingUri, credentials, send, pause });
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('it was answered');
    },
    (error: MlflowError) => ({ reason: error.reason, message: error.message, ofAll: error.ofAll }),
  );

test.each([
  [
    'credentials that are wrong',
    json(401, {}),
    'not_authenticated',
    /refuses the credentials \(401\)$/,
    true,
  ],
  [
    'a right that is lacking',
    json(403, { message: 'Permission denied' }),
    'not_allowed',
    /403\): Permission denied$/,
    false,
  ],
  ['what is not there', json(404, { message: 'no m' }), 'not_found', /: no m$/, false],
  ['a failure', json(500, { message: 'boom\n  at stack' }), 'failed', /^MLflow failed \(500\): boom$/, false],
  ['a page of something else', page(200), 'not_mlflow', /does not answer as MLflow does/, true],
  ['a redirect to a page to sign in', page(502), 'failed', /^MLflow failed \(502\)$/, false],
] as const)('%s: told in a sentence', async (_, how, reason, message, ofAll) => {
  answer = how;
  expect(await refusal(client().get('runs/get', { run_id: 'a' }))).toEqual({
    reason,
    message: expect.stringMatching(message),
    ofAll,
  });
});

test('a server that is not there: told with why, without a secret', async () => {
  const found = await refusal(client({ token: 'secret' }, 'http://127.0.0.1:1').get('runs/get', {}));
  expect(found).toMatchObject({ reason: 'away', ofAll: true });
  expect(found.message).toMatch(/^MLflow at http:\/\/127\.0\.0\.1:1 does not answer \(/);
  expect(found.message).not.toContain('secret');
});

test('one that is busy is asked again, with longer and longer pauses; then it is told', async () => {
  let times = 0;
  answer = (request, response) => json(++times < 3 ? 429 : 200, { run: {} })(request, response);
  paused = [];
  expect(await client().get('runs/get', {})).toEqual({ run: {} });
  expect(paused).toEqual([25, 1000, 25, 4000, 25]);
  answer = json(503, {});
  expect(await refusal(client().get('runs/get', {}))).toMatchObject({ reason: 'failed' });
});

test('pages follow their tokens to the end, and a token that comes back ends them', async () => {
  answer = (request, response) => {
    const at = Number(new URL(request.url!, address).searchParams.get('page_token') ?? 0);
    json(200, { things: [at, at + 1], ...(at < 4 ? { next_page_token: String(at + 2) } : {}) })(
      request,
      response,
    );
  };
  expect(await all(client().pages('things/search', { max_results: 2 }, 'things'))).toEqual([
    0, 1, 2, 3, 4, 5,
  ]);
  expect(asked).toHaveLength(3);
  answer = json(200, { things: [], next_page_token: 'again' });
  expect(await refusal(all(client().pages('things/search', {}, 'things')))).toMatchObject({
    reason: 'not_mlflow',
  });
});

test('credentials are sent as MLflow takes them', async () => {
  const seen: (string | undefined)[] = [];
  answer = (request, response) => {
    seen.push(request.headers.authorization);
    json(200, {})(request, response);
  };
  for (const credentials of [{ token: 't' }, { user: 'u', password: 'p:ä' }, {}])
    await client(credentials).get('runs/get', {});
  expect(seen).toEqual(['Bearer t', `Basic ${Buffer.from('u:p:ä').toString('base64')}`, undefined]);
});

test('a file that is too large is left', async () => {
  answer = (_, response) => {
    response.writeHead(200).end('x'.repeat(100));
  };
  expect(await refusal(client().file('get-artifact', { path: 'a' }, 10))).toMatchObject({
    reason: 'too_large',
    ofAll: false,
  });
});
