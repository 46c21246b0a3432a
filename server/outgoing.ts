import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { publicLookup, refusePrivate } from './public-address.ts';

export interface Outgoing {
  /** Whether hosts within private networks may be called. */
  readonly allowPrivateAddresses: boolean;
  /** For everything, from the name to the last byte that is read of the answer. */
  readonly timeoutMs: number;
}

/**
 * POSTs a JSON text to an address that people named, and resolves with the beginning of the answer, whatever its status. The address that was
 * found public is the one that is connected to; redirects are not followed, no proxy is asked. Errors: private_address (TiltmeterError);
 * TimeoutError or AbortError when the time is over; those of the name, the connection and the certificate, with their `code`.
 */
export async function postTo(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  { allowPrivateAddresses, timeoutMs }: Outgoing,
): Promise<IncomingMessage> {
  if (!allowPrivateAddresses) await refusePrivate(address);
  const url = new URL(address);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'tiltmeter',
          ...headers,
        },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
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
