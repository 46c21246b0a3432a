import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { signature, webhook } from './webhook.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

async function listen(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server!.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}
const message = { idempotencyKey: 'k1', event: 'opened', body: '{"a":"ü"}' };
const context = { clock: () => 1_700_000_000_000, allowPrivateAddresses: true, timeoutMs: 2_000 };

test('an address in capitals is the address it is', async () => {
  const address = (await listen((_request, reply) => reply.end())).replace('http', 'HTTP');
  await webhook.deliver(context, webhook.options.parse({ address }), message);
});

test('posts the body with event, idempotency key, time and signature', async () => {
  let seen: { method?: string; headers: Record<string, unknown>; body: string } | undefined;
  const address = await listen((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
      seen = { method: request.method!, headers: request.headers, body };
      reply.end();
    });
  });
  await webhook.deliver(context, { address, secret: 'secret' }, message);
  expect(seen).toMatchObject({
    method: 'POST',
    body: message.body,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'k1',
      'x-tiltmeter-event': 'opened',
      'x-tiltmeter-timestamp': '1700000000000',
      // printf '1700000000000.{"a":"ü"}' | openssl dgst -sha256 -hmac secret
      'x-tiltmeter-signature': 'sha256=9b69e93245b1eaea8a01afc8c1eb158878529d22107a5609eb8f5b7cc423a1ed',
    },
  });
});

test('an address is spelt as one likes', async () => {
  const address = await listen((_request, reply) => void reply.end());
  await webhook.deliver(context, { address: address.replace('http', 'HTTP') }, message);
  // No TLS there: it was tried.
  const secure = webhook.deliver(context, { address: address.replace('http', 'HTTPS') }, message);
  await expect(secure).rejects.toMatchObject({ retry: true });
});

test.each([
  // printf '1.{}' | openssl dgst -sha256 -hmac secret
  ['secret', '1', '{}', '1122767b193110cfec322b6f199b599edbf608ed087f2d27afb0b97d99523908'],
  // printf '1700000000000.{"a":"ü"}' | openssl dgst -sha256 -hmac 'a good secret'
  [
    'a good secret',
    '1700000000000',
    '{"a":"ü"}',
    'b39c013edfa02963f8e5f583455521571965f26629ba474a90cbeaa8a8ad94aa',
  ],
])('the signature is HMAC-SHA256 over time and body, as openssl makes it', (secret, timestamp, body, hex) => {
  expect(signature(secret, timestamp, body)).toBe(`sha256=${hex}`);
});

test.each([
  [200, null],
  [204, null],
  [301, false],
  [400, false],
  [404, false],
  [408, true],
  [429, true],
  [500, true],
  [503, true],
])('answer %i: failure %s (true: worth another try)', async (status, retry) => {
  const address = await listen((_request, reply) => void reply.writeHead(status, { location: '/x' }).end());
  const delivery = webhook.deliver(context, { address }, message);
  if (retry === null) await delivery;
  else await expect(delivery).rejects.toMatchObject({ retry });
});

test('a receiver that never answers is given up after the time-out', async () => {
  const address = await listen(() => {});
  const delivery = webhook.deliver({ ...context, timeoutMs: 50 }, { address }, message);
  await expect(delivery).rejects.toMatchObject({ retry: true, message: 'no answer within 0.05 s' });
  server!.closeAllConnections();
});

test('nobody listens: worth another try', async () => {
  const address = await listen(() => {});
  await new Promise((resolve) => server!.close(resolve));
  await expect(webhook.deliver(context, { address }, message)).rejects.toMatchObject({ retry: true });
});

test('a private address is refused unless allowed', async () => {
  const address = await listen((_request, reply) => void reply.end());
  const strict = { ...context, allowPrivateAddresses: false };
  await expect(webhook.deliver(strict, { address }, message)).rejects.toMatchObject({
    retry: false,
    message: expect.stringMatching(/^private_address: /),
  });
});
