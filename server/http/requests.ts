import type { FastifyInstance } from 'fastify';

export interface Requests {
  /** How many are not answered yet. */
  count(): number;
  /** For how long the oldest of them has waited, in milliseconds; 0 when there is none. */
  oldestMs(): number;
  watch(http: FastifyInstance): void;
}

/** The requests that are not answered yet, the oldest first. `monotonic` in milliseconds. */
export function createRequests(monotonic: () => number): Requests {
  const began = new Map<string, number>();
  return {
    count: () => began.size,
    oldestMs() {
      const oldest = began.values().next();
      return oldest.done ? 0 : monotonic() - oldest.value;
    },
    watch(http) {
      http.addHook('onRequest', async (request, reply) => {
        began.set(request.id, monotonic());
        // also when whoever asked has gone away
        reply.raw.once('close', () => began.delete(request.id));
      });
    },
  };
}
