import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../context.ts';
import type { Authenticate } from './add-route.ts';

/** A key that was looked up longer ago is looked up again, beside the answer. Milliseconds. */
export const AGAIN_MS = 1_000;
/** One that was looked up longer ago is looked up before there is an answer. */
export const LONGEST_MS = 2_000;
/** Keys that are remembered. */
const MOST = 1_000;

interface Known {
  readonly actor: Actor;
  readonly at: number;
  again: boolean;
}

/**
 * For addresses that are asked before every prediction: a key is looked up once a second, beside the answers, so that none of them waits for a store. One that
 * is revoked, or whose owner is locked out, is let in for at most two seconds longer, here alone. Who is refused is not remembered, nor who comes with a cookie.
 * `monotonic` in milliseconds. Errors: those of `authenticate`.
 */
export function recentActors(authenticate: Authenticate, monotonic: () => number): Authenticate {
  const recent = new Map<string, Known>();
  async function look(request: FastifyRequest, key: string): Promise<Actor> {
    const at = monotonic();
    try {
      const actor = await authenticate(request);
      recent.set(key, { actor, at, again: false });
      if (recent.size > MOST) recent.delete(recent.keys().next().value!);
      return actor;
    } catch (error) {
      recent.delete(key);
      throw error;
    }
  }
  return async (request) => {
    const { authorization, 'x-api-key': apiKey } = request.headers;
    const sent = authorization ?? apiKey;
    if (typeof sent !== 'string') return authenticate(request);
    // What is remembered is no key.
    const key = createHash('sha256').update(sent).digest('base64');
    const known = recent.get(key);
    const age = known === undefined ? Number.POSITIVE_INFINITY : monotonic() - known.at;
    if (known === undefined || age >= LONGEST_MS) return look(request, key);
    if (age >= AGAIN_MS && !known.again) {
      known.again = true;
      // Whoever asks next is told.
      look(request, key).catch(() => {});
    }
    return known.actor;
  };
}
