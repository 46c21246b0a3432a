/**
 * Takes what a webhook channel of Tiltmeter posts and passes it on to Slack, PagerDuty or both. Needs Node 24 and nothing else:
 *
 *     RELAY_SECRET=… RELAY_SLACK_URL=https://hooks.slack.com/services/… RELAY_PAGERDUTY_KEY=… node relay.ts
 *
 * The channel's address is this relay (http://127.0.0.1:8770), its secret RELAY_SECRET. A relay in a private network needs
 * TILTMETER_ALLOW_PRIVATE_ADDRESSES=1 at the server.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { pagerDuty, slack, type Told } from './messages.ts';

export interface RelayOptions {
  /** The channel's secret: who does not know it is refused. */
  readonly secret: string;
  readonly slackUrl?: string | undefined;
  readonly pagerDutyKey?: string | undefined;
  readonly pagerDutyUrl?: string | undefined;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

const PAGERDUTY = 'https://events.pagerduty.com/v2/enqueue';
/** A message that is older, or from so far ahead, is a replay by somebody else. */
const FRESH_MS = 5 * 60_000;
const MOST_BYTES = 1_000_000;
/** Messages that are recognised when their answer was lost on the way and they come again. */
const REMEMBERED = 1_000;

/** Answers 200 when everybody was told, 401 to strangers, 422 when trying again cannot help, 503 when it can. */
export function createRelay(options: RelayOptions): Server {
  const done = new Set<string>();

  async function relay(request: IncomingMessage): Promise<number> {
    const body = await read(request);
    if (body === undefined) return 413;
    if (!isSigned(request.headers, body, options)) return 401;
    const told = receivers(JSON.parse(body) as Told, options).map(async ({ name, url, message }) => {
      const key = `${name} ${request.headers['idempotency-key']}`;
      if (done.has(key)) return 200;
      const answer = answerTo(await post(url, message));
      if (answer === 200) remember(key);
      return answer;
    });
    return Math.max(...(await Promise.all(told)));
  }

  function remember(key: string): void {
    done.add(key);
    if (done.size > REMEMBERED) done.delete(done.values().next().value!);
  }

  return createServer((request, reply) => {
    relay(request)
      .catch(() => 503)
      .then((status) => reply.writeHead(status).end());
  });
}

/** `x-tiltmeter-signature`: `sha256=` and the hex HMAC-SHA256 of `<timestamp>.<body>`. */
function isSigned(
  headers: IncomingMessage['headers'],
  body: string,
  { secret, clock }: RelayOptions,
): boolean {
  const timestamp = String(headers['x-tiltmeter-timestamp']);
  if (!(Math.abs(clock() - Number(timestamp)) < FRESH_MS)) return false;
  const expected = `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
  const given = Buffer.from(String(headers['x-tiltmeter-signature']));
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

function receivers(told: Told, { slackUrl, pagerDutyKey, pagerDutyUrl = PAGERDUTY }: RelayOptions) {
  return [
    ...(slackUrl ? [{ name: 'slack', url: slackUrl, message: slack(told) }] : []),
    ...(pagerDutyKey
      ? [{ name: 'pagerduty', url: pagerDutyUrl, message: pagerDuty(told, pagerDutyKey) }]
      : []),
  ];
}

/** What Tiltmeter is told of a receiver's status: 422 when the message will never be taken, 503 when it may be later. */
function answerTo(status: number): number {
  if (status < 300) return 200;
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 422 : 503;
}

async function post(url: string, message: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(8_000);
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message), signal });
  await reply.body?.cancel();
  return reply.status;
}

async function read(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  for await (const part of request.setEncoding('utf8')) {
    body += part;
    if (body.length > MOST_BYTES) return undefined;
  }
  return body;
}

if (import.meta.main) {
  const { RELAY_SECRET, RELAY_SLACK_URL, RELAY_PAGERDUTY_KEY, RELAY_PORT = '8770' } = process.env;
  if (!RELAY_SECRET || !(RELAY_SLACK_URL || RELAY_PAGERDUTY_KEY)) {
    console.error('relay: set RELAY_SECRET, and RELAY_SLACK_URL or RELAY_PAGERDUTY_KEY or both');
    process.exit(2);
  }
  createRelay({
    secret: RELAY_SECRET,
    slackUrl: RELAY_SLACK_URL,
    pagerDutyKey: RELAY_PAGERDUTY_KEY,
    clock: Date.now,
  }).listen(Number(RELAY_PORT), '127.0.0.1', () => console.log(`relay: http://127.0.0.1:${RELAY_PORT}`));
}
