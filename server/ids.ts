import { randomBytes } from 'node:crypto';
import type { Ids } from './context.ts';

/**
 * Ids that sort by time: 9 digits of base 36 for the millisecond (until the year 5188), then 13 of a number that
 * starts at random and counts up within one millisecond. Secrets are 256 bits in base64url.
 * Example: `createIds(Date.now).id()` → 'mi7q2w0xk4f1zr8v0c5t2n'
 */
export function createIds(clock: () => number): Ids {
  let lastTime = 0;
  let count = 0n;
  return {
    id() {
      const time = Math.max(clock(), lastTime);
      count = time === lastTime ? count + 1n : randomBytes(8).readBigUInt64BE() >> 1n;
      lastTime = time;
      return time.toString(36).padStart(9, '0') + count.toString(36).padStart(13, '0');
    },
    secret: () => randomBytes(32).toString('base64url'),
  };
}
