import ipaddr from 'ipaddr.js';
import { type Allowance, createAllowance } from '../allowance.ts';

/**
 * An allowance a minute for each address that asks. `take` returns 0 when the request may pass, else the seconds after
 * which it may. Example: `createRateLimit(10, monotonic).take('203.0.113.7')` → 0
 */
export function createRateLimit(perMinute: number, monotonic: () => number, most?: number): Allowance {
  const allowance = createAllowance({
    amount: perMinute,
    perMs: 60_000,
    monotonic,
    ...(most === undefined ? {} : { most }),
  });
  return {
    take: (address, amount) => allowance.take(network(address), amount),
    wait: (address, amount) => allowance.wait(network(address), amount),
    giveBack: (address, amount) => allowance.giveBack(network(address), amount),
    remembered: allowance.remembered,
  };
}

/** Who has an IPv6 address has 2⁶⁴ of them: they count as one. */
export function network(address: string): string {
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.isIPv4MappedAddress()
    ? parsed.toIPv4Address().toString()
    : parsed.parts.slice(0, 4).join(':');
}
