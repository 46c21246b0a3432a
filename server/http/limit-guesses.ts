import { createHash } from 'node:crypto';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Authenticate } from './add-route.ts';
import { createRateLimit } from './rate-limit.ts';

/** Different wrong keys that an address may try in a minute. */
const PER_MINUTE = 60;
/** Keys that are remembered, of each generation. */
const MOST = 10_000;

/**
 * Who tries keys is let guess so many a minute; then no further key of that address is looked at, but for those that
 * were tried before: senders behind the same address are not shut out by whoever guesses there, and one that goes on with
 * a key that was revoked guesses nothing. Errors: too_many_requests, and those of `authenticate`.
 */
export function limitGuesses(authenticate: Authenticate, monotonic: () => number): Authenticate {
  const wrong = createRateLimit(PER_MINUTE, monotonic);
  let [young, old] = [new Set<string>(), new Set<string>()];
  return async (request) => {
    const { authorization = request.headers['x-api-key'] } = request.headers;
    if (typeof authorization !== 'string') return authenticate(request);
    // What is remembered is no key.
    const key = createHash('sha256').update(authorization).digest('base64');
    const tried = young.has(key) || old.has(key);
    // Counted before it is looked at: however many come at once, no more of them are.
    const wait = tried ? 0 : wrong.take(request.ip);
    if (wait > 0)
      throw new TiltmeterError('too_many_requests', 'too many wrong keys came from this address', {
        retryAfter: wait,
      });
    if (young.size >= MOST) [old, young] = [young, new Set()];
    young.add(key);
    let guessed = false;
    try {
      return await authenticate(request);
    } catch (error) {
      guessed = error instanceof TiltmeterError && error.code === 'not_authenticated';
      throw error;
    } finally {
      if (!tried && !guessed) wrong.giveBack(request.ip);
    }
  };
}
