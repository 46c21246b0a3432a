import ipaddr from 'ipaddr.js';

/** Addresses that are remembered at once, of each generation. */
const MOST = 10_000;
const MINUTE_MS = 60_000;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * A bucket of tokens per address, refilled evenly. `take` returns 0 when the request may pass, else the seconds
 * after which it may. However many addresses there are, a request costs the same and at most `2 × most` are remembered:
 * those seen since the last turn of generations, and those of the one before.
 * Example: `createRateLimit(10, monotonic).take('203.0.113.7')` → 0
 */
export function createRateLimit(perMinute: number, monotonic: () => number, most = MOST) {
  const perMs = perMinute / MINUTE_MS;
  let young = new Map<string, Bucket>();
  let old = new Map<string, Bucket>();
  let turned = monotonic();

  function take(address: string): number {
    const now = monotonic();
    // After a minute without a request a bucket is full, which is the same as none.
    if (young.size >= most || now - turned >= MINUTE_MS) [old, young, turned] = [young, new Map(), now];
    const key = network(address);
    const bucket = young.get(key) ?? old.get(key) ?? { tokens: perMinute, at: now };
    const tokens = Math.min(perMinute, bucket.tokens + (now - bucket.at) * perMs);
    const pass = tokens >= 1;
    young.set(key, { tokens: pass ? tokens - 1 : tokens, at: now });
    return pass ? 0 : Math.ceil((1 - tokens) / perMs / 1000);
  }

  return { take, remembered: () => young.size + old.size };
}

/** Who has an IPv6 address has 2⁶⁴ of them: they count as one. */
function network(address: string): string {
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.isIPv4MappedAddress()
    ? parsed.toIPv4Address().toString()
    : parsed.parts.slice(0, 4).join(':');
}
