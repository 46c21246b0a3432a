import type { IncomingHttpHeaders } from 'node:http';
import { TiltmeterError } from '../../contract/errors.ts';

/**
 * A browser adds its cookies, and passwords that it knows (Basic), to requests that other sites start, but it also says where they come from. A
 * change that comes without a key in a header that no browser adds must come from our own pages. Errors: cross_origin.
 */
export function requireSameOrigin(method: string, headers: IncomingHttpHeaders, address: string): void {
  if (method === 'GET' || method === 'HEAD' || /^bearer /i.test(headers.authorization ?? '')) return;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new TiltmeterError('cross_origin');
  const { origin, host } = headers;
  if (origin === undefined) return;
  const own = new URL(address);
  if (origin === own.origin) return;
  if (!URL.canParse(origin)) throw new TiltmeterError('cross_origin');
  const from = new URL(origin);
  // A page that came over http under the name of an https address was written by whoever is between.
  const between = own.protocol === 'https:' && from.protocol !== 'https:' && from.hostname === own.hostname;
  if (from.host !== host || between) throw new TiltmeterError('cross_origin');
}
