import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { z } from 'zod';
import { TiltmeterError } from '../../../contract/errors.ts';
import { type DeliveryContext, DeliveryError } from '../channels/channel.ts';
import { publicLookup, refusePrivate } from '../public-address.ts';

/** What may stand in a header of a request. */
export const headerValue = z.string().regex(/^[\x20-\x7e]*$/, 'must be plain characters (ASCII)');

/** 4xx says that the request is wrong and will stay so, but for "too early", "too many" and time-outs. */
const AGAIN = [408, 425, 429];

/**
 * POSTs a body to an address; any 2xx is success. Redirects are not followed. Errors: DeliveryError, `retry` false for a private
 * address and for what the receiver refuses for good.
 */
export async function post(
  context: DeliveryContext,
  address: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (!context.allowPrivateAddresses) await refuse(address);
  const status = await statusOf(context, address, body, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'tiltmeter',
    ...headers,
  });
  if (status >= 200 && status < 300) return;
  throw new DeliveryError(`the receiver answered ${status}`, status >= 500 || AGAIN.includes(status));
}

function statusOf(
  { timeoutMs, allowPrivateAddresses }: DeliveryContext,
  address: string,
  body: string,
  headers: Record<string, string>,
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
        signal: AbortSignal.timeout(timeoutMs),
        ...(allowPrivateAddresses ? {} : { lookup: publicLookup() }),
      },
      (response) => {
        response.resume();
        response.on('error', () => {});
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', (error) => {
      if (error instanceof TiltmeterError) reject(refusedAs(error));
      else reject(new DeliveryError(reason(error, timeoutMs), true));
    });
    sent.end(body);
  });
}

/** Errors: DeliveryError that is final, for an address within a private network. */
export async function refuse(address: string): Promise<void> {
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
export function shortened(address: string): string {
  const { origin, pathname, search } = new URL(address);
  const rest = pathname + search;
  if (rest === '/') return origin;
  return `${origin}/…${rest.length > 16 ? rest.slice(-4) : ''}`;
}
