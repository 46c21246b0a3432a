import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { TiltmeterError } from '../../../contract/errors.ts';
import { postTo } from '../../outgoing.ts';
import { refusePrivate } from '../../public-address.ts';
import { type DeliveryContext, DeliveryError } from '../channels/channel.ts';

/** What may stand in a header of a request. */
export const headerValue = z.string().regex(/^[\x20-\x7e]*$/, 'must be plain characters (ASCII)');

/** 4xx says that the request is wrong and will stay so, but for "too early", "too many" and time-outs. */
const AGAIN = [408, 425, 429];

/** Failures before anything was sent (of the name, the connection, the certificate): the other side has heard nothing. */
const UNHEARD =
  /^(ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_TLS\w+|CERT_\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+|UNABLE_TO\w+)$/;
/** What is read of an answer. */
const REPLY_BYTES = 65_536;

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
  (await answerTo(context, address, body, headers)).resume();
}

/**
 * POSTs a body as `post` does and reads the answer, 64 KiB at most, as JSON; null where it is none. `also`: a status that is
 * success too. Errors: DeliveryError; when the answer breaks off the request was heard.
 */
export async function postAndRead(
  context: DeliveryContext,
  address: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  also?: number,
): Promise<unknown> {
  const response = await answerTo(context, address, body, headers, also);
  let text = '';
  try {
    for await (const part of response.setEncoding('utf8')) {
      text += part;
      if (text.length > REPLY_BYTES) break;
    }
    return JSON.parse(text);
  } catch {
    // It took the request, which is what counts: what it calls it is then not known.
    return null;
  } finally {
    response.destroy();
  }
}

async function answerTo(
  { allowPrivateAddresses, timeoutMs }: DeliveryContext,
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  also?: number,
): Promise<IncomingMessage> {
  let response: IncomingMessage;
  try {
    response = await postTo(address, body, headers, { allowPrivateAddresses, timeoutMs });
  } catch (error) {
    if (error instanceof TiltmeterError) throw refusedAs(error);
    const failed = error as NodeJS.ErrnoException;
    throw new DeliveryError(reason(failed, timeoutMs), true, UNHEARD.test(codeOf(failed)));
  }
  const status = response.statusCode ?? 0;
  if ((status >= 200 && status < 300) || status === also) return response;
  response.resume();
  const heard = status >= 500;
  throw new DeliveryError(`the receiver answered ${status}`, heard || AGAIN.includes(status), !heard);
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
  return new DeliveryError(`${code}: ${message}`, false, true);
}

function reason(error: NodeJS.ErrnoException, timeoutMs: number): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `no answer within ${timeoutMs / 1000} s`;
  return error.code ?? error.message;
}

const codeOf = ({ code }: NodeJS.ErrnoException): string => code ?? '';

/** Paths of chats and pagers are secrets: enough is left to tell one from another. `https://hooks.example.org/…9x2K` */
export function shortened(address: string): string {
  const { origin, pathname, search } = new URL(address);
  const rest = pathname + search;
  if (rest === '/') return origin;
  return `${origin}/…${rest.length > 16 ? rest.slice(-4) : ''}`;
}
