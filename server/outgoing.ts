import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import { publicLookup, refusePrivate } from './public-address.ts';

export interface Outgoing {
  /** Whether hosts within private networks may be called. */
  readonly allowPrivateAddresses: boolean;
  /** For everything, from the name to the last byte that is read of the answer. */
  readonly timeoutMs: number;
}

/** Of requests that ask for something. */
export interface Asking extends Outgoing {
  readonly method?: 'GET' | 'HEAD';
  /** What differs from the usual in whose certificates are accepted. */
  readonly tls?: Pick<ConnectionOptions, 'ca' | 'servername' | 'rejectUnauthorized'>;
  /** Ends it before its time. */
  readonly gone?: AbortSignal;
}

/**
 * POSTs a JSON text to an address that people named, and resolves with the beginning of the answer, whatever its status. The address that was
 * found public is the one that is connected to; redirects are not followed, no proxy is asked. Errors: private_address (TiltmeterError);
 * TimeoutError or AbortError when the time is over; those of the name, the connection and the certificate, with their `code`.
 */
export function postTo(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  outgoing: Outgoing,
): Promise<IncomingMessage> {
  const own = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  return send(address, { method: 'POST', headers: own }, body, outgoing);
}

/** The same with GET or HEAD. Nothing of the answer's body is read yet: who reads it bounds it, and destroys what it does not want. */
export function getFrom(
  address: string,
  headers: Readonly<Record<string, string>>,
  { method = 'GET', tls = {}, ...outgoing }: Asking,
): Promise<IncomingMessage> {
  return send(address, { method, headers, ...tls }, undefined, outgoing);
}

async function send(
  address: string,
  options: RequestOptions,
  body: string | undefined,
  { allowPrivateAddresses, timeoutMs, gone }: Pick<Asking, 'allowPrivateAddresses' | 'timeoutMs' | 'gone'>,
): Promise<IncomingMessage> {
  const late = AbortSignal.timeout(timeoutMs);
  if (!allowPrivateAddresses) await refusePrivate(address);
  const url = new URL(address);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        ...options,
        headers: { 'user-agent': 'tiltmeter', ...options.headers },
        agent: false,
        signal: gone === undefined ? late : AbortSignal.any([late, gone]),
        ...(allowPrivateAddresses ? {} : { lookup: publicLookup() }),
      },
      (response) => {
        // What breaks off later is told by whoever reads it.
        response.on('error', () => {});
        resolve(response);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** An answer as a whole; null when it is longer than `most` bytes, of which no more is read. Errors: those of the connection. */
export async function bodyOf(answer: IncomingMessage, most: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > most) return null;
      parts.push(part);
    }
  } finally {
    answer.destroy();
  }
  return Buffer.concat(parts);
}
