import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRelay } from '../../integrations/webhook-relay/relay.ts';
import { webhook } from '../../server/actions/channels/webhook.ts';
import { startTestApp, type TestApp } from '../app.ts';

const SECRET = 'a secret of the channel';
let app: TestApp;
let receiver: Server;
let relay: Server;
let status = 200;
let received: { path: string; body: Record<string, unknown> }[] = [];

const listen = async (server: Server) => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
let relayUrl: string;

beforeAll(async () => {
  receiver = createServer(async (request, reply) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    received.push({ path: request.url!, body: JSON.parse(body) });
    reply.writeHead(status).end();
  });
  const url = await listen(receiver);
  relay = createRelay({
    secret: SECRET,
    slackUrl: `${url}/slack`,
    pagerDutyKey: 'routing',
    pagerDutyUrl: `${url}/pagerduty`,
    clock: Date.now,
  });
  relayUrl = await listen(relay);
  app = await startTestApp({ allowPrivateAddresses: true });
});
afterAll(async () => {
  await app?.stop();
  relay?.close();
  receiver?.close();
});
beforeEach(() => {
  status = 200;
  received = [];
});

const incident = {
  id: 'i1',
  model: 'credit-risk',
  priority: 'P1',
  title: 'Missing values in income',
  started_at: '2026-11-26T09:00:00Z',
  causes: [{ sentence: 'income is missing in 43 % of rows, <against> 0 %.' }],
};
const told = (event: string) =>
  JSON.stringify({
    version: 1,
    event,
    text: '[P1] credit-risk: A & B',
    url: 'http://t/incidents/i1',
    incident,
    runbooks: [{ model: 'credit-risk', runbook: 'https://wiki.example.org/credit-risk' }],
  });

/** Posts as a channel of Tiltmeter does. */
function deliver(event: string, idempotencyKey: string, secret = SECRET) {
  const context = { clock: Date.now, allowPrivateAddresses: true, timeoutMs: 5_000 };
  return webhook.deliver(
    context,
    { address: relayUrl, secret },
    { idempotencyKey, event, body: told(event) },
  );
}
const at = (path: string) => received.filter((one) => one.path === path).map(({ body }) => body);

test("the channel's test button reaches both", async () => {
  const channel = { name: 'relay', address: relayUrl, secret: SECRET };
  const { body: made } = await app.json('POST', '/api/v1/channels', channel);
  const { body: delivery } = await app.json('POST', `/api/v1/channels/${made.id}/test`);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 1 });
  expect(at('/slack')).toMatchObject([{ text: expect.stringContaining('This is a test; nothing is wrong') }]);
  expect(at('/pagerduty')).toMatchObject([{ event_action: 'trigger', payload: { severity: 'info' } }]);
});

test('an incident is one alert of PagerDuty from its opening to its end, and a line of Slack each time', async () => {
  await deliver('opened', 'k1');
  await deliver('resolved', 'k2');
  expect(at('/pagerduty')).toMatchObject([
    {
      event_action: 'trigger',
      dedup_key: 'tiltmeter-i1',
      routing_key: 'routing',
      payload: {
        severity: 'critical',
        source: 'credit-risk',
        summary: '[P1] credit-risk: A & B',
        custom_details: { 'runbook of credit-risk': 'https://wiki.example.org/credit-risk' },
      },
    },
    { event_action: 'resolve', dedup_key: 'tiltmeter-i1', routing_key: 'routing' },
  ]);
  expect(at('/slack')[0]).toEqual({
    text: '*[P1] credit-risk: A &amp; B*\n• income is missing in 43 % of rows, &lt;against&gt; 0 %.\nRunbook of credit-risk: https://wiki.example.org/credit-risk\n<http://t/incidents/i1|Open in Tiltmeter>',
  });
});

test('a message that comes again is told once', async () => {
  await deliver('opened', 'k3');
  await deliver('opened', 'k3');
  expect(received).toHaveLength(2);
});

test('who does not know the secret is refused', async () => {
  await expect(deliver('opened', 'k4', 'another secret')).rejects.toMatchObject({ retry: false });
  expect((await fetch(relayUrl, { method: 'POST', body: told('opened') })).status).toBe(401);
  expect(received).toEqual([]);
});

test.each([
  [500, true],
  [429, true],
  [400, false],
])('a receiver that answers %i: trying again %s', async (answer, retry) => {
  status = answer;
  await expect(deliver('opened', `k${answer}`)).rejects.toMatchObject({ retry });
});
