import { lookup as resolve } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { TiltmeterError } from '../contract/errors.ts';

export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const resolveAll: Resolve = (host) => resolve(host, { all: true });

/** Global unicast: whatever else IPv6 has is for a network, a machine or a transition (RFC 4291). */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

/** Public by its number, and answered by the host of the machine itself (the agent of a cloud). */
const OF_THE_HOST = new Set(['168.63.129.16']);

/**
 * Whether an IP address lies on the public internet: not loopback, private, link-local, carrier-grade NAT, multicast,
 * unspecified or reserved, also when an IPv6 address carries an IPv4 one.
 * `isPublic('127.0.0.1')` → false, `isPublic('::ffff:10.0.0.1')` → false
 */
export function isPublic(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(plain)) return false;
  const parsed = ipaddr.process(plain);
  if (parsed.range() !== 'unicast' || OF_THE_HOST.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL);
}

/**
 * A lookup for outgoing connections that gives only public addresses: the address that was checked is the one that is
 * connected to, so a name cannot change between check and use. Errors: private_address.
 */
export function publicLookup(resolveHost: Resolve = resolveAll): LookupFunction {
  return (host, options, done) => {
    resolveHost(host).then(
      (found) => {
        const bad = found.find(({ address }) => !isPublic(address));
        if (bad || found.length === 0) {
          done(new TiltmeterError('private_address', `${host} points into a private network`), '', 0);
        } else if (options.all) {
          (done as unknown as (error: null, all: typeof found) => void)(null, found);
        } else {
          done(null, found[0]!.address, found[0]!.family);
        }
      },
      (error) => done(error, '', 0),
    );
  };
}

/** Refuses an address whose host is, or now resolves to, a private one. Errors: private_address. */
export async function refusePrivate(address: string, resolveHost: Resolve = resolveAll): Promise<void> {
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
  const found = ipaddr.isValid(host) ? [{ address: host }] : await resolveHost(host).catch(() => []);
  if (found.some(({ address: ip }) => !isPublic(ip)))
    throw new TiltmeterError('private_address', `${host} points into a private network`);
}
