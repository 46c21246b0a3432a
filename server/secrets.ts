import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * What is stored of a secret of 256 bits: its SHA-256 in hex. No salt and no slow hash are needed, because such a
 * secret cannot be guessed.
 */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether two hashes are equal, in a time that does not depend on where they differ. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
