import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { z } from 'zod';
import { TiltmeterError } from '../../../contract/errors.ts';
import { publicLookup, refusePrivate } from '../public-address.ts';
import { type ChannelKind, DeliveryError } from './channel.ts';

const WebhookOptions = z.object({ address: z.url({ protocol: /^https?$/ }), secret: z.string().optional() });
type WebhookOptions = z.infer<typeof WebhookOptions>;

/** POSTs JSON; any 2xx is success. Redirects are not followed. The payload is described in docs/channels/webhook.md. */
export const webhook: ChannelKind<WebhookOptions> = {
  id: 'webhook',
  title: 'Webhook',
  options: WebhookOptions,
  address: (options) => shortened(options.address),
  async deliver(context, options, message) {
    if (!context.allowPrivateAddresses) await refuse(options.address);
    const timestamp = String(context.clock());
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(message.body)),
      'user-agent': 'tiltmeter',
      'idempotency-key': message.idempotencyKey,
      'x-tiltmeter-event': message.event,
      'x-tiltmeter-timestamp': timestamp,
    };
    if (options.secret) headers['x-tiltmeter-signature'] = signature(options.secret, timestamp, message.body);
    const status = await post(options.address, headers, message.body, {
      timeoutMs: context.timeoutMs,
      ...(context.allowPrivateAddresses ? {} : { lookup: publicLookup() }),
    });
    if (status >= 200 && status < 300) return;
    // 4xx says that the request is wrong and will stay so, but for "too early", "too many" and time-outs.
    throw new DeliveryError(
      `the receiver answered ${status}`,
      status >= 500 || [408, 425, 429].includes(status),
    );
  },
};

/**
 * `sha256=` and the hex HMAC-SHA256 of `<timestamp>.<body>`: what a receiver computes to know who sent it.
 * `signature('secret', '1', '{}')` → 'sha256=…'
 */
export function signature(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function post(
  address: string,
  headers: Record<string, string>,
  body: string,
  options: { timeoutMs: number; lookup?: ReturnType<typeof publicLookup> },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const url = new URL(address);
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = request(
      url,
      {
        method: 'POST',
        headers,
        agent: false,
        signal: AbortSignal.timeout(options.timeoutMs),
        ...(options.lookup ? { lookup: options.lookup } : {}),
      },
      (response) => {
        response.resume();
        response.on('error', () => {});
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', (error) => {
      if (error instanceof TiltmeterError) reject(refusedAs(error));
      else reject(new DeliveryError(reason(error, options.timeoutMs), true));
    });
    sent.end(body);
  });
}

async function refuse(address: string): Promise<void> {
  try {
    await refusePrivate(address);
  } catch (error) {
    throw refusedAs(error as TiltmeterError);
  }
}

/** A private address stays one: trying again cannot help. */
function refusedAs({ code, message }: TiltmeterError): DeliveryError {
  return new DeliveryError(`${code}: ${message}`, false);
}

function reason(error: NodeJS.ErrnoException, timeoutMs: number): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `no answer within ${timeoutMs / 1000} s`;
  return error.code ?? error.message;
}

/** Paths of chats and pagers are secrets: enough is left to tell one from another. `https://hooks.example.org/…9x2K` */
function shortened(address: string): string {
  const { origin, pathname, search } = new URL(address);
  const rest = pathname + search;
  if (rest === '/') return origin;
  return `${origin}/…${rest.length > 16 ? rest.slice(-4) : ''}`;
}
