import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { TiltmeterError } from '../../contract/errors.ts';

export interface Hosts {
  /** Public address of the dashboard. */
  readonly address: string;
  /** Further names it is reached by. */
  readonly hosts: readonly string[];
}

/**
 * A page of another site may let its own name point here, and a browser then takes it for ours. Without a key a request is
 * answered under our own names only: that of the address, those that were named, localhost, and numbers, which no page
 * can choose. Errors: wrong_host.
 */
export function requireHost({ headers, hostname }: FastifyRequest, { address, hosts }: Hosts): void {
  if (headers.authorization !== undefined) return;
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0) return;
  if (name === new URL(address).hostname.toLowerCase() || hosts.includes(name)) return;
  throw new TiltmeterError(
    'wrong_host',
    `this server does not answer to ${JSON.stringify(name.slice(0, 80))}`,
  );
}
