import type { FastifyInstance } from 'fastify';
import { TiltmeterError } from '../../contract/errors.ts';

/**
 * A small body is there within some time, or is given up: who sends a byte now and then would hold a connection for minutes.
 * Answers: too_slow.
 */
export function limitWaiting(http: FastifyInstance, ms: number): void {
  http.addHook('preParsing', async (request, _reply, payload) => {
    if (request.raw.complete) return payload;
    const slow = () => {
      if (request.raw.complete) return;
      const error = new TiltmeterError('too_slow', `the body did not come within ${ms / 1000} s`);
      // Where nobody reads it any more the answer is given already.
      if (payload.listenerCount('error') > 0) payload.emit('error', error);
      else request.raw.destroy();
    };
    let look: NodeJS.Immediate | undefined;
    // What lies ready in the socket is taken first: it may be this process that was busy.
    const timer = setTimeout(() => {
      look = setImmediate(slow);
    }, ms);
    const over = () => {
      clearTimeout(timer);
      clearImmediate(look);
    };
    payload.once('end', over).once('close', over);
    return payload;
  });
}
