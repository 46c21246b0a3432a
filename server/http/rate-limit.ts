/**
 * A bucket of tokens per address, refilled evenly. `take` returns 0 when the request may pass, else the seconds
 * after which it may.
 * Example: `createRateLimit(10, Date.now).take('203.0.113.7')` → 0
 */
export function createRateLimit(perMinute: number, clock: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = perMinute / 60_000;

  function take(address: string): number {
    const now = clock();
    if (buckets.size >= 10_000) forgetFull(now);
    const bucket = buckets.get(address) ?? { tokens: perMinute, at: now };
    const tokens = Math.min(perMinute, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
    const pass = tokens >= 1;
    buckets.set(address, { tokens: pass ? tokens - 1 : tokens, at: now });
    return pass ? 0 : Math.ceil((1 - tokens) / perMs / 1000);
  }

  /** A full bucket is the same as none. */
  function forgetFull(now: number): void {
    for (const [address, { tokens, at }] of buckets) {
      if (tokens + (now - at) * perMs >= perMinute) buckets.delete(address);
    }
  }

  return { take };
}
