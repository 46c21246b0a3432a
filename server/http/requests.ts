import type { FastifyInstance } from 'fastify';

/** What has not been answered for longer waits for its own sender, or is an answer without end: it says nothing about the others. */
const LONGEST_MS = 5_000;

export interface Requests {
  /** How many wait for their answer. */
  count(): number;
  /** For how long the oldest of them has waited, in milliseconds; 0 when there is none. */
  oldestMs(): number;
  watch(http: FastifyInstance): void;
}

/** The requests that wait for their answer, from when they have come whole, for some seconds; the oldest first. `monotonic` in milliseconds. */
export function createRequests(monotonic: () => number): Requests {
  const began = new Map<string, number>();
  const forgetLong = () => {
    const since = monotonic() - LONGEST_MS;
    for (const [id, at] of began) {
      if (at >= since) return;
      began.delete(id);
    }
  };
  return {
    count() {
      forgetLong();
      return began.size;
    },
    oldestMs() {
      forgetLong();
      const oldest = began.values().next();
      return oldest.done ? 0 : monotonic() - oldest.value;
    },
    watch(http) {
      http.addHook('onRequest', async ({ id, raw, headers }, reply) => {
        const begin = () => void began.set(id, monotonic());
        // HTTP/2 has frames instead of both headers.
        const hasBody =
          raw.httpVersionMajor > 1 ||
          headers['transfer-encoding'] !== undefined ||
          Number(headers['content-length'] ?? 0) > 0;
        if (hasBody) raw.once('end', begin);
        else begin();
        // also when whoever asked has gone away
        reply.raw.once('close', () => {
          raw.off('end', begin);
          began.delete(id);
        });
      });
    },
  };
}
